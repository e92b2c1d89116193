package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.POD;
import static dev.portcullis.policy.checks.CheckFixtures.SECCOMP;
import static dev.portcullis.policy.checks.CheckFixtures.SECCOMP_POD;

import dev.portcullis.policy.Check;
import java.util.List;

class SeccompProfileBaselineTest implements CheckTest {
  @Override
  public Check check() {
    return SeccompProfileBaseline.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String type = "seccompProfile.type";
    for (String value :
        List.of(
            "", "runtime/default", "docker/default", "localhost/x", "localhost", "unconfined")) {
      pods.add("seccomp/annotation " + value, p -> p.annotate(SECCOMP_POD, value));
      pods.add("seccomp/container annotation " + value, p -> p.annotate(SECCOMP + "i", value));
    }
    pods.add("seccomp/annotation of nobody", p -> p.annotate(SECCOMP + "nobody", "unconfined"));
    pods.add("seccomp/null annotation", p -> p.annotate(SECCOMP_POD, null));
    pods.add(
        "seccomp/annotations",
        p ->
            p.annotate(SECCOMP_POD, "unconfined")
                .annotate(SECCOMP + "b", "x\u0001")
                .annotate(SECCOMP + "a", "unconfined"));
    for (String value : List.of("RuntimeDefault", "Localhost", "Unconfined", "", "localhost")) {
      pods.add("seccomp/pod " + value, p -> p.set(POD + type, value));
      pods.add("seccomp/container " + value, p -> p.set(B + type, value));
    }
    pods.add(
        "seccomp/pod and containers",
        p -> p.set(POD + type, "X").set(A + type, "X").set(B + type, "Y"));
    pods.add(
        "seccomp/windows", p -> p.set("spec.os.name", "windows").set(POD + type, "Unconfined"));
  }
}

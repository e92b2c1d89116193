package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;
import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;
import java.util.List;
import java.util.Map;

class SeccompProfileRestrictedTest implements CheckTest {
  @Override
  public Check check() {
    return SeccompProfileRestricted.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String type = "seccompProfile.type";
    for (String value : List.of("RuntimeDefault", "Localhost", "Unconfined", "", "localhost")) {
      pods.add("seccomp/pod " + value, p -> p.set(POD + type, value));
      pods.add("seccomp/container " + value, p -> p.set(B + type, value));
    }
    pods.add("seccomp/no type", p -> p.set(A + "seccompProfile", Map.of()));
    pods.add(
        "seccomp/pod and containers",
        p -> p.set(POD + type, "X").set(A + type, "X").set(B + type, "Y"));
    pods.add(
        "seccomp/pod bad, containers good", p -> p.set(POD + type, "X").set(A + type, "Localhost"));
    pods.add("seccomp/nobody", p -> p.set(POD + "seccompProfile", null));
    pods.add(
        "seccomp/one without",
        p ->
            p.remove(POD + "seccompProfile")
                .set(INIT + type, "Localhost")
                .set(A + type, "RuntimeDefault"));
    pods.add(
        "seccomp/windows", p -> p.set("spec.os.name", "windows").set(POD + type, "Unconfined"));
  }
}

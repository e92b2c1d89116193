package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;
import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;

class RunAsNonRootTest implements CheckTest {
  @Override
  public Check check() {
    return RunAsNonRoot.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String nonRoot = "runAsNonRoot";
    pods.add("runAsNonRoot/pod false", p -> p.set(POD + nonRoot, false));
    pods.add("runAsNonRoot/container false", p -> p.set(A + nonRoot, false));
    pods.add(
        "runAsNonRoot/all false",
        p -> p.set(POD + nonRoot, false).set(A + nonRoot, false).set(B + nonRoot, false));
    pods.add(
        "runAsNonRoot/pod false, containers true",
        p -> p.set(POD + nonRoot, false).set(A + nonRoot, true));
    pods.add("runAsNonRoot/nobody", p -> p.remove(POD + nonRoot));
    pods.add(
        "runAsNonRoot/one without",
        p -> p.set(POD + nonRoot, null).set(INIT + nonRoot, true).set(A + nonRoot, true));
    pods.add(
        "runAsNonRoot/false and without",
        p -> p.remove(POD + nonRoot).set(INIT + nonRoot, true).set(A + nonRoot, false));
    pods.add(
        "runAsNonRoot/user namespace",
        p -> p.set("spec.hostUsers", false).set(POD + nonRoot, false));
    pods.add("runAsNonRoot/windows", p -> p.set("spec.os.name", "windows").remove(POD + nonRoot));
    pods.raw("runAs/no containers", "{\"spec\":{}}");
    pods.raw("runAs/nothing", "{}");
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;

class RunAsUserTest implements CheckTest {
  @Override
  public Check check() {
    return RunAsUser.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String user = "runAsUser";
    pods.add("runAsUser/pod", p -> p.set(POD + user, 0));
    pods.add("runAsUser/container", p -> p.set(A + user, 0));
    pods.add("runAsUser/all", p -> p.set(POD + user, 0).set(A + user, 0).set(B + user, 0));
    pods.add("runAsUser/others", p -> p.set(POD + user, 1).set(A + user, -1).set(B + user, null));
    pods.add("runAsUser/user namespace", p -> p.set("spec.hostUsers", false).set(A + user, 0));
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;

import dev.portcullis.policy.Check;

class PrivilegedTest implements CheckTest {
  @Override
  public Check check() {
    return Privileged.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    pods.add("privileged/one", p -> p.set(A + "privileged", true));
    pods.add(
        "privileged/init and regular",
        p -> p.set(INIT + "privileged", true).set(B + "privileged", true));
    pods.add("privileged/false", p -> p.set(A + "privileged", false));
    pods.add("privileged/null", p -> p.set(A + "privileged", null));
    pods.add(
        "privileged/ephemeral",
        p ->
            p.set("spec.ephemeralContainers[0].name", "e")
                .set("spec.ephemeralContainers[0].securityContext.privileged", true));
  }
}

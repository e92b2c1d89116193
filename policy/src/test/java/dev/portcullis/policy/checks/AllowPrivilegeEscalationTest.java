package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;

import dev.portcullis.policy.Check;

class AllowPrivilegeEscalationTest implements CheckTest {
  @Override
  public Check check() {
    return AllowPrivilegeEscalation.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String field = "allowPrivilegeEscalation";
    pods.add("escalation/true", p -> p.set(A + field, true));
    pods.add("escalation/null", p -> p.set(A + field, null).set(B + field, null));
    pods.add("escalation/no context", p -> p.remove("spec.containers[0].securityContext"));
    pods.add("escalation/windows", p -> p.set("spec.os.name", "windows").set(A + field, true));
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;

import dev.portcullis.policy.Check;
import java.util.List;

class ProcMountTest implements CheckTest {
  @Override
  public Check check() {
    return ProcMount.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    for (String value : List.of("Default", "Unmasked", "", "default")) {
      pods.add("procMount/" + value, p -> p.set(A + "procMount", value));
    }
    pods.add("procMount/two", p -> p.set(A + "procMount", "x").set(B + "procMount", "Unmasked"));
    pods.add(
        "procMount/user namespace",
        p -> p.set("spec.hostUsers", false).set(A + "procMount", "Unmasked"));
    pods.add(
        "procMount/no user namespace",
        p -> p.set("spec.hostUsers", true).set(A + "procMount", "Unmasked"));
  }
}

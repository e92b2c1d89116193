package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;

import dev.portcullis.policy.Check;
import java.util.List;
import java.util.Map;

class CapabilitiesRestrictedTest implements CheckTest {
  @Override
  public Check check() {
    return CapabilitiesRestricted.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    pods.add("capabilities/none", p -> p.set(A + "capabilities", Map.of()));
    pods.add(
        "capabilities/null", p -> p.set(A + "capabilities", null).set(B + "capabilities", null));
    pods.add("capabilities/drop lower case", p -> p.set(A + "capabilities.drop", List.of("all")));
    pods.add("capabilities/drop more", p -> p.set(A + "capabilities.drop", List.of("X", "ALL")));
    pods.add(
        "capabilities/keep and add",
        p ->
            p.set(A + "capabilities.drop", List.of())
                .set(B + "capabilities.add", List.of("SYS_TIME")));
    pods.add(
        "capabilities/windows",
        p -> p.set("spec.os.name", "windows").set(A + "capabilities.add", List.of("NET_RAW")));
    pods.add(
        "capabilities/Windows",
        p -> p.set("spec.os.name", "Windows").set(A + "capabilities.drop", null));
  }
}

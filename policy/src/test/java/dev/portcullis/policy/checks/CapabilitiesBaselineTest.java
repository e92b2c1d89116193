package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;

import dev.portcullis.policy.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class CapabilitiesBaselineTest implements CheckTest {
  @Override
  public Check check() {
    return CapabilitiesBaseline.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    for (String name :
        List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
            "NET_RAW",
            "ALL",
            "",
            "chown",
            "CAP_CHOWN")) {
      pods.add("capabilities/add " + name, p -> p.set(A + "capabilities.add", List.of(name)));
    }
    pods.add(
        "capabilities/add null", p -> p.set(A + "capabilities.add", Arrays.asList("KILL", null)));
    pods.add(
        "capabilities/several of two containers",
        p ->
            p.set(INIT + "capabilities.add", List.of("b", "a", "b"))
                .set(B + "capabilities.add", List.of("C", "b")));
    pods.add("capabilities/none", p -> p.set(A + "capabilities", Map.of()));
  }
}

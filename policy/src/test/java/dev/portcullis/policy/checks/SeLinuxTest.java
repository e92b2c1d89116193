package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;
import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;
import java.util.List;

class SeLinuxTest implements CheckTest {
  @Override
  public Check check() {
    return SeLinux.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String options = "seLinuxOptions.";
    for (String type :
        List.of(
            "",
            "container_t",
            "container_init_t",
            "container_kvm_t",
            "container_engine_t",
            "spc_t")) {
      pods.add("seLinux/pod " + type, p -> p.set(POD + options + "type", type));
      pods.add("seLinux/container " + type, p -> p.set(A + options + "type", type));
    }
    pods.add("seLinux/level", p -> p.set(POD + options + "level", "s0"));
    pods.add("seLinux/user", p -> p.set(POD + options + "user", "u"));
    pods.add("seLinux/role", p -> p.set(B + options + "role", "r"));
    pods.add("seLinux/empty", p -> p.set(A + options + "user", "").set(A + options + "role", ""));
    pods.add(
        "seLinux/all",
        p ->
            p.set(POD + options + "type", "z")
                .set(INIT + options + "type", "y")
                .set(A + options + "user", "u")
                .set(B + options + "role", "r"));
  }
}

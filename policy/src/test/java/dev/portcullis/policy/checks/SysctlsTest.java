package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;
import java.util.Arrays;
import java.util.List;

class SysctlsTest implements CheckTest {
  @Override
  public Check check() {
    return Sysctls.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String first = POD + "sysctls[0].name";
    for (String name :
        List.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem",
            "net.ipv4.tcp_slow_start_after_idle",
            "net.ipv4.tcp_notsent_lowat",
            "kernel.msgmax",
            "kernel/shm_rmid_forced",
            "")) {
      pods.add("sysctls/" + name, p -> p.set(first, name));
    }
    pods.add("sysctls/null", p -> p.set(POD + "sysctls", Arrays.asList((Object) null)));
    pods.add(
        "sysctls/in order, repeated",
        p ->
            p.set(first, "b")
                .set(POD + "sysctls[1].name", "a")
                .set(POD + "sysctls[2].name", "net.ipv4.tcp_rmem")
                .set(POD + "sysctls[3].name", "b"));
  }
}

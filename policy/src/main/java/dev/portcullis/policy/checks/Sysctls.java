package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Forbids kernel parameters that reach beyond the pod.
 *
 * <p>Field: {@code spec.securityContext.sysctls[*].name}. Allowed: the names below, more of them
 * with each revision.
 */
final class Sysctls {
  private static final Set<String> SAFE_1_0 =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start");
  private static final Set<String> SAFE_1_27 = and(SAFE_1_0, "net.ipv4.ip_local_reserved_ports");
  private static final Set<String> SAFE_1_29 =
      and(
          SAFE_1_27,
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes");
  private static final Set<String> SAFE_1_32 =
      and(SAFE_1_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
  private static final Set<String> SAFE_1_37 =
      and(SAFE_1_32, "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat");

  static final Check CHECK =
      Check.baseline(
          "sysctls",
          since(0, pod -> check(pod, SAFE_1_0), cel("sysctls", SAFE_1_0)),
          since(27, pod -> check(pod, SAFE_1_27), cel("sysctls_27", SAFE_1_27)),
          since(29, pod -> check(pod, SAFE_1_29), cel("sysctls_29", SAFE_1_29)),
          since(32, pod -> check(pod, SAFE_1_32), cel("sysctls_32", SAFE_1_32)),
          since(37, pod -> check(pod, SAFE_1_37), cel("sysctls_37", SAFE_1_37)));

  private Sysctls() {}

  private static CelRule cel(String name, Set<String> safe) {
    String unsafe = "!(s.name in " + CelText.list(safe) + ")";
    var names =
        new CelRule.Variable(
            name + "Unsafe",
            "variables.podContext.sysctls.filter(s, " + unsafe + ").map(s, s.name).join(\", \")");
    return CelRule.named(name)
        .whenPod("variables.podContext.?sysctls.orValue([]).exists(s, " + unsafe + ")")
        .with(List.of(names))
        // A sysctl without a name leaves nothing to put in brackets.
        .saying(
            "\"forbidden sysctls\" + (%1$s == \"\" ? \"\" : \" (\" + %1$s + \")\")"
                .formatted(names.reference()));
  }

  private static Set<String> and(Set<String> before, String... more) {
    var all = new HashSet<>(before);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  private static CheckResult check(PodView pod, Set<String> safe) {
    var sysctls = pod.securityContext().sysctls();
    for (int i = 0; i < sysctls.size(); i++) {
      if (!safe.contains(sysctls.get(i))) {
        return Forbidden.of("forbidden sysctls", () -> explain(sysctls, safe));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static Forbidden.Explanation explain(List<String> sysctls, Set<String> safe) {
    var found = new ViolationCollector();
    var names = new ArrayList<String>();
    for (int i = 0; i < sysctls.size(); i++) {
      String name = sysctls.get(i);
      if (!safe.contains(name)) {
        names.add(name);
        found.field("spec.securityContext.sysctls[" + i + "].name", name);
      }
    }
    // In the pod's order, with repetitions, and not quoted.
    return found.explain(String.join(", ", names));
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.PodView;
import java.util.StringJoiner;

/**
 * Forbids sharing the node's namespaces.
 *
 * <p>Fields: {@code spec.hostNetwork}, {@code spec.hostPID}, {@code spec.hostIPC}. Allowed:
 * undefined, false.
 */
final class HostNamespaces {
  private static final CelRule CEL =
      CelRule.named("hostNamespaces")
          .whenPod(
              "variables.spec.?hostNetwork.orValue(false) || variables.spec.?hostPID.orValue(false)"
                  + " || variables.spec.?hostIPC.orValue(false)")
          .saying(
              "\"host namespaces (\" + [\"hostNetwork\", \"hostPID\", \"hostIPC\"].filter(f,"
                  + " variables.spec[?f].orValue(false)).map(f, f + \"=true\").join(\", \") +"
                  + " \")\"");

  static final Check CHECK = Check.baseline("hostNamespaces", since(0, HostNamespaces::v1_0, CEL));

  private HostNamespaces() {}

  static CheckResult v1_0(PodView pod) {
    if (!pod.hostNetwork() && !pod.hostPid() && !pod.hostIpc()) {
      return CheckResult.ALLOWED;
    }
    return Forbidden.of("host namespaces", () -> explain(pod));
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    var detail = new StringJoiner(", ");
    add(found, detail, pod.hostNetwork(), "hostNetwork");
    add(found, detail, pod.hostPid(), "hostPID");
    add(found, detail, pod.hostIpc(), "hostIPC");
    return found.explain(detail.toString());
  }

  private static void add(
      ViolationCollector found, StringJoiner detail, boolean set, String field) {
    if (set) {
      detail.add(field + "=true");
      found.field("spec." + field, true);
    }
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.Set;

/**
 * Forbids capabilities beyond those that container runtimes give by default.
 *
 * <p>Field: {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.capabilities.add}.
 * Allowed: undefined, and the names in {@link #DEFAULT}.
 */
final class CapabilitiesBaseline {
  private static final Set<String> DEFAULT =
      Set.of(
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
          "SYS_CHROOT");

  private static final CelRule CEL =
      CelRule.named("capabilities_baseline")
          .whenContext(AddedCapabilities.celBeyond(DEFAULT))
          .with(AddedCapabilities.celValues("nonDefaultCapabilities", DEFAULT))
          .saying(
              "\"non-default capabilities (\" + "
                  + AddedCapabilities.celSentence(
                      "variables.capabilities_baselineNames", "variables.nonDefaultCapabilities")
                  + " + \")\"");

  static final Check CHECK =
      Check.baseline("capabilities_baseline", since(0, CapabilitiesBaseline::v1_0, CEL));

  private CapabilitiesBaseline() {}

  static CheckResult v1_0(PodView pod) {
    if (!AddedCapabilities.anyBeyond(DEFAULT, pod)) {
      return CheckResult.ALLOWED;
    }
    return Forbidden.of("non-default capabilities", () -> explain(pod));
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      AddedCapabilities.collect(DEFAULT, container, found);
    }
    return found.explain(AddedCapabilities.sentence(found));
  }
}

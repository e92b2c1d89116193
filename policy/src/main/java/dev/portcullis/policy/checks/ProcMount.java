package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.pod.PodView;

/**
 * Forbids any but the default mask over {@code /proc}.
 *
 * <p>Field: {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.procMount}. Allowed:
 * undefined, Default; from v1.35 anything in a pod with its own user namespace.
 */
final class ProcMount {
  static final Check CHECK =
      Check.baseline(
          "procMount",
          since(0, UnmaskedProc::forbid, UnmaskedProc.CEL),
          since(35, ProcMount::v1_35, UnmaskedProc.CEL.unless("userNamespace")));

  private ProcMount() {}

  static CheckResult v1_35(PodView pod) {
    return pod.userNamespace() ? CheckResult.ALLOWED : UnmaskedProc.forbid(pod);
  }
}

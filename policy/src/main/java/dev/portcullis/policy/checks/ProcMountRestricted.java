package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.Check;

/**
 * Forbids any but the default mask over {@code /proc}, also in a user namespace.
 *
 * <p>Field: {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.procMount}. Allowed:
 * undefined, Default.
 */
final class ProcMountRestricted {
  static final Check CHECK =
      Check.restricted(
          "procMount_restricted", since(35, UnmaskedProc::forbid, UnmaskedProc.CEL, "procMount"));

  private ProcMountRestricted() {}
}

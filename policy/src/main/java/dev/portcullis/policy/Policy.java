package dev.portcullis.policy;

/**
 * What a namespace demands of its pods, mode by mode.
 *
 * @param enforce a pod that violates this is refused
 * @param audit a violation of this is written to the audit event
 * @param warn a violation of this is shown to the user
 */
public record Policy(LevelVersion enforce, LevelVersion audit, LevelVersion warn) {
  /** Nothing is demanded. */
  public static final Policy PRIVILEGED =
      uniform(new LevelVersion(Level.PRIVILEGED, Version.LATEST));

  /** {@return the policy that demands the same in all three modes} */
  public static Policy uniform(LevelVersion all) {
    return new Policy(all, all, all);
  }

  /** {@return what this mode demands} */
  public LevelVersion at(Mode mode) {
    return switch (mode) {
      case ENFORCE -> enforce;
      case AUDIT -> audit;
      case WARN -> warn;
    };
  }

  /** {@return whether no mode demands anything} */
  public boolean fullyPrivileged() {
    return enforce.level() == Level.PRIVILEGED
        && audit.level() == Level.PRIVILEGED
        && warn.level() == Level.PRIVILEGED;
  }

  /** {@return whether both are equivalent mode by mode} */
  public boolean equivalentTo(Policy other) {
    return enforce.equivalentTo(other.enforce)
        && audit.equivalentTo(other.audit)
        && warn.equivalentTo(other.warn);
  }
}

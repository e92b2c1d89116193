package dev.portcullis.advice.migrate.psp;

import dev.portcullis.policy.Level;

/**
 * What one field of a policy comes to.
 *
 * @param field the row of the mapping
 * @param value what the policy says, in short; {@code unset} where it says nothing
 * @param privileged beside no standard at all
 * @param baseline beside baseline
 * @param restricted beside restricted
 * @param remark what else a reader should know, a sentence; may be empty
 */
public record FieldVerdict(
    PolicyField field,
    String value,
    Comparison privileged,
    Comparison baseline,
    Comparison restricted,
    String remark) {
  /** What {@link #value} is where the policy says nothing. */
  static final String UNSET = "unset";

  /** {@return the field beside this level} */
  public Comparison at(Level level) {
    return switch (level) {
      case PRIVILEGED -> privileged;
      case BASELINE -> baseline;
      case RESTRICTED -> restricted;
    };
  }

  /** {@return the strictest level that allows whatever the field allows} */
  public Level level() {
    if (restricted.covered()) {
      return Level.RESTRICTED;
    }
    return baseline.covered() ? Level.BASELINE : Level.PRIVILEGED;
  }

  /** {@return whether the policy says anything} */
  public boolean set() {
    return !value.equals(UNSET);
  }
}

package dev.portcullis.report;

import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import java.util.List;

/**
 * The verdict for a workload in one mode.
 *
 * @param mode what a violation leads to
 * @param at the level and version it was judged at
 * @param reason the reference's reasons, empty when allowed
 * @param detail the reference's reasons with details, empty when allowed
 * @param violations the checks that object, in the reference's order
 */
public record ModeVerdict(
    Mode mode, LevelVersion at, String reason, String detail, List<Violation> violations) {
  /** Copies the violations. */
  public ModeVerdict {
    violations = List.copyOf(violations);
  }

  /** {@return whether no check objects} */
  public boolean allowed() {
    return violations.isEmpty();
  }

  /** {@return whether there is a violation that counts} */
  public boolean hasNews() {
    for (Violation violation : violations) {
      if (violation.counts()) {
        return true;
      }
    }
    return false;
  }

  /** {@return this verdict with other violations} */
  ModeVerdict with(List<Violation> others) {
    return new ModeVerdict(mode, at, reason, detail, others);
  }
}

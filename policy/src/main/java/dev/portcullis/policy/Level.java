package dev.portcullis.policy;

import org.jspecify.annotations.Nullable;

/**
 * How much the Pod Security Standards forbid, from nothing to the most.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
 *     Standards</a>
 */
public enum Level {
  /** No restriction. */
  PRIVILEGED("privileged"),
  /** No known way to escalate privileges. */
  BASELINE("baseline"),
  /** Hardened as current practice demands. */
  RESTRICTED("restricted");

  /** What to say of a text that is no level. */
  public static final String EXPECTED = "must be one of privileged, baseline, restricted";

  private final String text;

  Level(String text) {
    this.text = text;
  }

  /** {@return the level with exactly this name, or null; see {@link #EXPECTED}} */
  public static @Nullable Level parse(String text) {
    return switch (text) {
      case "privileged" -> PRIVILEGED;
      case "baseline" -> BASELINE;
      case "restricted" -> RESTRICTED;
      default -> null;
    };
  }

  /** {@return whether this level forbids more than {@code other}} */
  public boolean stricterThan(Level other) {
    return compareTo(other) > 0;
  }

  /** {@return the name as labels spell it} */
  @Override
  public String toString() {
    return text;
  }
}

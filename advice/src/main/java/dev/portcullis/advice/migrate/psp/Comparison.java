package dev.portcullis.advice.migrate.psp;

/**
 * A field of a policy beside one standard. Both components are nouns, and empty where there is
 * nothing to say.
 *
 * @param laxer what the policy allows and the standard forbids
 * @param stricter what the policy forbids and the standard allows, and so is lost with the policy
 */
public record Comparison(String laxer, String stricter) {
  /** The policy forbids what the standard forbids, as far as this field goes. */
  static final Comparison SAME = new Comparison("", "");

  static Comparison laxer(String what) {
    return new Comparison(what, "");
  }

  static Comparison stricter(String what) {
    return new Comparison("", what);
  }

  /** How the two compare. */
  public enum Relation {
    /** Both forbid the same. */
    SAME,
    /** The policy forbids more. */
    STRICTER,
    /** The policy forbids less. */
    LAXER,
    /** The policy forbids more in one way and less in another. */
    MIXED
  }

  /** {@return how the policy compares with the standard} */
  public Relation relation() {
    if (laxer.isEmpty()) {
      return stricter.isEmpty() ? Relation.SAME : Relation.STRICTER;
    }
    return stricter.isEmpty() ? Relation.LAXER : Relation.MIXED;
  }

  /** {@return whether the standard allows whatever the policy allows} */
  public boolean covered() {
    return laxer.isEmpty();
  }
}

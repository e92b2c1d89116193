package dev.portcullis.policy.remedy;

/** What a remedy may cost. When in doubt, the later of two. */
public enum Risk {
  /** A field left unset gets the hardened value; no well-behaved program can tell. */
  SAFE("safe"),
  /** A program that relied on what is taken away stops working, and shows it. */
  MAY_BREAK("may-break"),
  /** There is no change to propose before a person has decided. */
  DECISION("needs-decision");

  private final String text;

  Risk(String text) {
    this.text = text;
  }

  /** {@return whether this risk is more than {@code other}} */
  public boolean above(Risk other) {
    return compareTo(other) > 0;
  }

  /** {@return the name as options and reports spell it} */
  @Override
  public String toString() {
    return text;
  }
}

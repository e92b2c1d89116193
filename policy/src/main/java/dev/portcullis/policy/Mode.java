package dev.portcullis.policy;

/** What happens to a pod that violates a level. */
public enum Mode {
  /** It is refused. */
  ENFORCE("enforce"),
  /** The violation is written to the audit event. */
  AUDIT("audit"),
  /** The user is warned. */
  WARN("warn");

  private final String text;

  Mode(String text) {
    this.text = text;
  }

  /** {@return the name as labels spell it} */
  @Override
  public String toString() {
    return text;
  }
}

package dev.portcullis.report;

/** Where the policy of a workload came from. */
public enum PolicySource {
  /** {@code --level} or {@code --policy-version}. */
  FLAG("flag"),
  /** The labels of its Namespace object. */
  NAMESPACE("namespace"),
  /** The defaults of {@code --config}. */
  CONFIG("config"),
  /** Nobody said anything: restricted:latest. */
  DEFAULT("default");

  private final String text;

  PolicySource(String text) {
    this.text = text;
  }

  /** {@return the name as reports spell it} */
  @Override
  public String toString() {
    return text;
  }
}

package dev.portcullis.cluster;

/** Says that a source of namespaces and pods cannot be used: which one, why, and what to do. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the person who chose the source. */
  public ClusterException(String message) {
    super(message);
  }

  /** The same, with where it came from. */
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@return the sentence} */
  public String message() {
    return String.valueOf(getMessage());
  }
}

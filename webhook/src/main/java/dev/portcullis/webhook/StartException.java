package dev.portcullis.webhook;

/** Says why a server cannot start: what is wrong, where, and what to do. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the person who starts it. */
  public StartException(String message) {
    super(message);
  }

  /** The same, with where it came from. */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@return the sentence} */
  public String message() {
    return String.valueOf(getMessage());
  }
}

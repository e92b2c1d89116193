package dev.portcullis.admission.wire;

/**
 * Says that bytes are not the object that they should be, in the reference's words where it has
 * any.
 */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public DecodeException(String problem) {
    super(problem, null, false, false);
  }

  /** {@return what is wrong} */
  public String problem() {
    return String.valueOf(getMessage());
  }
}

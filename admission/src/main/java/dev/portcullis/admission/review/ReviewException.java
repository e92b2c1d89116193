package dev.portcullis.admission.review;

/** Says that a body is no AdmissionReview that can be answered. */
public final class ReviewException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String detail;

  /** What is wrong. */
  public enum Kind {
    /** No JSON or YAML, a wrong type, or a kind that nobody knows. */
    UNDECODABLE,
    /** A known object, but no AdmissionReview. */
    UNEXPECTED_KIND,
    /** An AdmissionReview without a request. */
    NO_REQUEST
  }

  ReviewException(Kind kind, String message, String detail) {
    super(message, null, false, false);
    this.kind = kind;
    this.detail = detail;
  }

  /** {@return what is wrong} */
  public Kind kind() {
    return kind;
  }

  /** {@return a short text for the client}; it holds nothing of the request but its kind. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /**
   * {@return where and why, for whoever looks for the fault}; it may name members of the body, but
   * no values.
   */
  public String detail() {
    return detail;
  }
}

package dev.portcullis.policy.json;

/**
 * Says that bytes are not the JSON that was expected: where, and why.
 *
 * <p>Bad input is an ordinary outcome here and may come in floods, so no stack trace is taken.
 */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final int offset;
  private final String problem;

  JsonException(String path, int offset, String problem) {
    super(
        path.isEmpty() ? problem + " (byte " + offset + ")" : path + ": " + problem,
        null,
        false,
        false);
    this.path = path;
    this.offset = offset;
    this.problem = problem;
  }

  /**
   * {@return the place in the document, such as {@code spec.containers[1].ports}; empty at its
   * root}
   */
  public String path() {
    return path;
  }

  /** {@return the offset in bytes from the start of the document} */
  public int offset() {
    return offset;
  }

  /** {@return what is wrong there, without the place} */
  public String problem() {
    return problem;
  }
}

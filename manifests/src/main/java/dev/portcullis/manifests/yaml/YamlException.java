package dev.portcullis.manifests.yaml;

/**
 * Text that is no YAML or JSON, or holds more than the limits allow.
 *
 * <p>The message is worded and its line counted as by kubectl's YAML library ({@code yaml: line 3:
 * mapping values are not allowed in this context}); {@link #position()} is where the problem really
 * is.
 */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final transient Position position;

  YamlException(String message, String problem, Position position) {
    super(message, null, false, false);
    this.problem = problem;
    this.position = position;
  }

  static YamlException of(String problem, Position position) {
    return new YamlException("yaml: " + problem, problem, position);
  }

  /** {@return the problem alone, without prefix and line} */
  public String problem() {
    return problem;
  }

  /** {@return where it is} */
  public Position position() {
    return position;
  }
}

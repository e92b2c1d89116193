package dev.portcullis.admission.config;

/** Says what is wrong with a configuration, in the reference's words. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /** How far a configuration came. */
  public enum Stage {
    /** It could not be read, or is not one. */
    LOAD(""),
    /** A default is no level or version. */
    COMPLETE("configuration error: "),
    /** A default or an exemption is not valid. */
    VALIDATE("invalid configuration: ");

    private final String prefix;

    Stage(String prefix) {
      this.prefix = prefix;
    }
  }

  ConfigurationException(Stage stage, String message) {
    super(message, null, false, false);
    this.stage = stage;
  }

  /** {@return how far it came} */
  public Stage stage() {
    return stage;
  }

  /** {@return what is wrong, as the reference's library says it} */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** {@return what is wrong, as the reference's webhook says it when it starts} */
  public String webhookMessage() {
    return stage.prefix + message();
  }
}

package dev.portcullis.report.format;

/** Colours for a terminal, or none. */
public enum Ink {
  /** Plain text. */
  NONE,
  /** ANSI escape sequences. */
  ANSI;

  /** {@return the text in bold} */
  public String bold(String text) {
    return paint("1", text);
  }

  /** {@return the text in red} */
  public String red(String text) {
    return paint("31", text);
  }

  /** {@return the text in yellow} */
  public String yellow(String text) {
    return paint("33", text);
  }

  /** {@return the text in green} */
  public String green(String text) {
    return paint("32", text);
  }

  /** {@return the text faintly} */
  public String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return this == NONE || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}

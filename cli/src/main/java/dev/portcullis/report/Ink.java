package dev.portcullis.report;

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

  /**
   * {@return the text with whatever could command a terminal made visible}; names in manifests may
   * hold anything.
   */
  public static String harmless(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (commands(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else if (commands(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean commands(char c) {
    boolean control = (c < ' ' && c != '\t') || (c >= 0x7F && c < 0xA0);
    boolean turnsText = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control || turnsText;
  }
}

package dev.portcullis.report;

/** Text from outside made fit to be shown. */
public final class Printable {
  private Printable() {}

  /**
   * {@return the text with whatever could command a terminal made visible}; names in manifests may
   * hold anything.
   */
  public static String of(String text) {
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

package dev.portcullis.report;

/** Text from outside made fit to be shown. */
public final class Printable {
  private Printable() {}

  /**
   * {@return the text with whatever could command a terminal made visible}; names in manifests may
   * hold anything.
   */
  public static String of(String text) {
    String plain = text.contains("##[") ? text.replace("##[", "##\\u005b") : text;
    for (int i = 0; i < plain.length(); i++) {
      if (commands(plain.charAt(i))) {
        return escaped(plain);
      }
    }
    return plain;
  }

  /**
   * {@return the same for text that begins a line of a log}: GitHub's runner takes a line that
   * begins with {@code ::} for a command, as it does what follows {@code ##[} anywhere.
   */
  public static String atLineStart(String text) {
    String safe = of(text);
    return safe.stripLeading().startsWith("::") ? safe.replaceFirst("::", "\\\\u003a:") : safe;
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

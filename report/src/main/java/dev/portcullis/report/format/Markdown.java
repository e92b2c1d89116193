package dev.portcullis.report.format;

import dev.portcullis.report.Printable;

/** Text inside of Markdown. */
public final class Markdown {
  private Markdown() {}

  /** {@return the text as code} */
  public static String code(String text) {
    return "`" + Printable.of(text).replace('`', '\'').replace("|", "\\|") + "`";
  }

  /**
   * {@return the text with every character that Markdown or HTML would take for its own made plain}
   */
  public static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    String harmless = Printable.of(text);
    for (int i = 0; i < harmless.length(); i++) {
      char c = harmless.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\\', '`', '*', '_', '[', ']', '|', '~', '@', '#' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}

package dev.portcullis.report.format;

/** Text made fit for XML 1.0. */
final class Xml {
  private Xml() {}

  /** {@return the text for a place between tags} */
  static String text(String text) {
    return escape(text, false);
  }

  /** {@return the text for an attribute in double quotes} */
  static String attribute(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean attribute) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(rune -> {
          switch (rune) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append(attribute ? "&quot;" : "\"");
            case '\n', '\t' -> out.append(attribute ? "&#" + rune + ";" : Character.toString(rune));
            case '\r' -> out.append("&#13;");
            // No escape can carry these in XML 1.0.
            default -> out.appendCodePoint(forbidden(rune) ? 0xFFFD : rune);
          }
        });
    return out.toString();
  }

  private static boolean forbidden(int rune) {
    return rune < ' ' || (rune >= 0xD800 && rune <= 0xDFFF) || rune == 0xFFFE || rune == 0xFFFF;
  }
}

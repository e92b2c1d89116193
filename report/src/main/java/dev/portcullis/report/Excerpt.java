package dev.portcullis.report;

/**
 * A line of a manifest and the part of it that is meant, cut to what fits a screen.
 *
 * @param text the line, or a window of it
 * @param indent what to print below it before the carets
 * @param carets the carets
 */
public record Excerpt(String text, String indent, String carets) {
  private static final int WIDTH = 110;
  private static final int BEFORE = 40;

  /**
   * {@return the excerpt for a place in a text}
   *
   * @param text the whole text
   * @param lineStart the offset of the line's first character
   * @param at the offset that is meant, on that line
   * @param missing whether it only stands in for what is missing
   */
  public static Excerpt of(String text, int lineStart, int at, boolean missing) {
    int from = at - lineStart <= WIDTH - BEFORE ? lineStart : at - BEFORE;
    int to = lineEnd(text, from, Math.min(text.length(), from + WIDTH));
    boolean whole = to == text.length() || breaksLine(text.charAt(to));
    int end = missing ? at + 1 : scalarEnd(text, at, to);
    String shown =
        (from > lineStart ? "..." : "") + text.substring(from, to) + (whole ? "" : "...");
    String indent = (from > lineStart ? "   " : "") + blanks(text, from, Math.min(at, to));
    return new Excerpt(
        Printable.of(shown), indent, "^".repeat(Math.max(1, Math.min(end, to) - at)));
  }

  private static int lineEnd(String text, int from, int limit) {
    int end = from;
    while (end < limit && !breaksLine(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean breaksLine(char c) {
    return c == '\n' || c == '\r';
  }

  /** {@return where the scalar that starts here ends; for anything else the next offset} */
  private static int scalarEnd(String text, int start, int limit) {
    if (start >= limit) {
      return start + 1;
    }
    char c = text.charAt(start);
    if (c == '"' || c == '\'') {
      int close = text.indexOf(c, start + 1);
      return close < 0 || close >= limit ? limit : close + 1;
    }
    int end = start;
    while (end < limit && " ,]}\t".indexOf(text.charAt(end)) < 0) {
      if (text.charAt(end) == ':' && (end + 1 == limit || text.charAt(end + 1) == ' ')) {
        return end;
      }
      end++;
    }
    return Math.max(end, start + 1);
  }

  private static String blanks(String text, int from, int to) {
    var out = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      out.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    return out.toString();
  }
}

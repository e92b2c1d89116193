package dev.portcullis.policy;

import java.util.Set;

/**
 * The one rule for text that a request, a manifest or another program chose, wherever it is shown
 * or kept: it is bounded, and nothing in it can end a line, drive a terminal or turn the direction
 * of writing.
 *
 * <ul>
 *   <li>A value in a log line or an error: {@link #line}, or {@link #appendQuoted} where the format
 *       has quotes.
 *   <li>A text of an answer, which must be the reference's to the letter: {@link #cut}.
 *   <li>The label of a metric, the key of a cache: {@link #known}.
 * </ul>
 *
 * <p>Sizes are in UTF-16 units. Escaped are the Unicode categories Cc, Cf, Zl, Zp and Cs: controls
 * (line breaks, ANSI sequences), format characters (bidirectional controls, zero width, tags), line
 * and paragraph separators, and surrogates without their other half.
 */
public final class UntrustedText {
  /** The longest value in a log line or an error. */
  public static final int MAX_VALUE = 2_048;

  /** The longest text of an answer: beyond any answer to a pod of a cluster. */
  public static final int MAX_ANSWER = 64 * 1024;

  /** What stands for a value that is not among the known ones. */
  public static final String OTHER = "(other)";

  private static final String HEX = "0123456789abcdef";

  private UntrustedText() {}

  /** {@return {@code value} if it is one of {@code known}, else {@link #OTHER}} */
  public static String known(String value, Set<String> known) {
    return known.contains(value) ? value : OTHER;
  }

  /**
   * {@return the text, or its beginning of {@code max} units and how much was left out} Nothing is
   * escaped.
   */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = wholeBefore(text, max);
    return text.substring(0, end) + leftOut(text.length() - end);
  }

  /** {@return the text on one line, escaped, of {@link #MAX_VALUE} units at most} */
  public static String line(String text) {
    return line(text, MAX_VALUE);
  }

  /**
   * {@return the text on one line, escaped; beyond {@code max} units its beginning and how much was
   * left out}
   */
  public static String line(String text, int max) {
    if (text.length() <= max && plainLength(text, 0, text.length(), false) == text.length()) {
      return text;
    }
    var out = new StringBuilder(Math.min(text.length(), max) + 32);
    append(out, text, max, false);
    return out.toString();
  }

  /**
   * Appends the text as a JSON string with its quotes, escaped as {@link #line} does.
   *
   * @param max how many units may stand between the quotes, besides the count of what was left out
   */
  public static void appendQuoted(StringBuilder out, String text, int max) {
    out.append('"');
    append(out, text, max, true);
    out.append('"');
  }

  private static void append(StringBuilder out, String text, int max, boolean quoted) {
    int limit = out.length() + max;
    int at = 0;
    while (at < text.length()) {
      int room = limit - out.length();
      int plain = plainLength(text, at, Math.min(text.length(), at + room), quoted);
      out.append(text, at, plain);
      at = plain;
      if (at == text.length()) {
        return;
      }
      int before = out.length();
      int rune = text.codePointAt(at);
      appendRune(out, rune, quoted);
      if (out.length() > limit) {
        out.setLength(before);
        out.append(leftOut(text.length() - at));
        return;
      }
      at += Character.charCount(rune);
    }
  }

  /** {@return where the text from {@code from} on first needs more than to be copied} */
  private static int plainLength(String text, int from, int end, boolean quoted) {
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || (quoted && (c == '"' || c == '\\'))) {
        break;
      }
      i++;
    }
    return i;
  }

  private static void appendRune(StringBuilder out, int rune, boolean quoted) {
    switch (rune) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '"' -> out.append(quoted ? "\\\"" : "\"");
      case '\\' -> out.append(quoted ? "\\\\" : "\\");
      default -> {
        if (!isUnsafe(rune)) {
          out.appendCodePoint(rune);
        } else if (Character.isBmpCodePoint(rune)) {
          appendUnit(out, (char) rune);
        } else {
          appendUnit(out, Character.highSurrogate(rune));
          appendUnit(out, Character.lowSurrogate(rune));
        }
      }
    }
  }

  private static boolean isUnsafe(int rune) {
    return switch (Character.getType(rune)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void appendUnit(StringBuilder out, char unit) {
    out.append("\\u").append(HEX.charAt(unit >> 12)).append(HEX.charAt(unit >> 8 & 15));
    out.append(HEX.charAt(unit >> 4 & 15)).append(HEX.charAt(unit & 15));
  }

  private static int wholeBefore(String text, int end) {
    boolean splits =
        end > 0
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return splits ? end - 1 : end;
  }

  private static String leftOut(int units) {
    return "... (" + units + " more characters)";
  }
}

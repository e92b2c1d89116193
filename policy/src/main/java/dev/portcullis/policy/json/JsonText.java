package dev.portcullis.policy.json;

import org.jspecify.annotations.Nullable;

/** The inside of JSON strings: escapes and UTF-8, both ways. */
public final class JsonText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /**
   * Appends {@code text} as a JSON string with its quotes; {@code <}, {@code >}, {@code &} are
   * escaped as Go does.
   */
  public static void appendQuoted(StringBuilder out, String text) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String escape = escape(c);
      boolean lone = Character.isSurrogate(c) && !paired(text, i);
      if (escape != null || lone) {
        out.append(text, from, i);
        out.append(lone ? "\\ufffd" : escape);
        from = i + 1;
      }
    }
    out.append(text, from, text.length()).append('"');
  }

  private static @Nullable String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '<', '>', '&', '\u2028', '\u2029' -> unicode(c);
      default -> c < ' ' ? unicode(c) : null;
    };
  }

  private static String unicode(char c) {
    return "\\u" + HEX[c >> 12] + HEX[(c >> 8) & 15] + HEX[(c >> 4) & 15] + HEX[c & 15];
  }

  private static boolean paired(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  /** Decodes what stands between the quotes of a string whose escapes have been validated. */
  static String decode(byte[] bytes, int from, int to) {
    var out = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      byte c = bytes[at];
      if (c == '\\') {
        at = unescape(bytes, at, to, out);
      } else if (c >= 0) {
        out.append((char) c);
        at++;
      } else {
        at = multibyte(bytes, at, to, out);
      }
    }
    return out.toString();
  }

  private static int unescape(byte[] bytes, int at, int to, StringBuilder out) {
    switch (bytes[at + 1]) {
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        return surrogates(bytes, at, to, out);
      }
      default -> out.append((char) bytes[at + 1]);
    }
    return at + 2;
  }

  private static int surrogates(byte[] bytes, int at, int to, StringBuilder out) {
    char first = (char) hex(bytes, at + 2);
    int next = at + 6;
    if (!Character.isSurrogate(first)) {
      out.append(first);
      return next;
    }
    if (Character.isHighSurrogate(first)
        && next + 6 <= to
        && bytes[next] == '\\'
        && bytes[next + 1] == 'u') {
      char second = (char) hex(bytes, next + 2);
      if (Character.isLowSurrogate(second)) {
        out.append(first).append(second);
        return next + 6;
      }
    }
    out.append(REPLACEMENT);
    return next;
  }

  private static int multibyte(byte[] bytes, int at, int to, StringBuilder out) {
    int lead = bytes[at] & 0xFF;
    int length =
        lead >= 0xC2 && lead <= 0xDF
            ? 2
            : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (length == 0 || at + length > to) {
      out.append(REPLACEMENT);
      return at + 1;
    }
    int rune = lead & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      int b = bytes[at + i] & 0xFF;
      if ((b & 0xC0) != 0x80) {
        out.append(REPLACEMENT);
        return at + 1;
      }
      rune = rune << 6 | (b & 0x3F);
    }
    boolean overlong = rune < (length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80);
    boolean surrogate = rune >= 0xD800 && rune <= 0xDFFF;
    if (overlong || surrogate || rune > Character.MAX_CODE_POINT) {
      out.append(REPLACEMENT);
      return at + 1;
    }
    out.appendCodePoint(rune);
    return at + length;
  }

  /** {@return the value of four hexadecimal digits, or -1} */
  static int hex(byte[] bytes, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0 || bytes[i] < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  static int closingQuote(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  /**
   * Appends a member name to a path; one that is not a plain word is put in brackets and quotes.
   */
  static void appendName(StringBuilder path, String name) {
    boolean plain = !name.isEmpty() && name.length() <= 64;
    for (int i = 0; plain && i < name.length(); i++) {
      char c = name.charAt(i);
      plain = c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c));
    }
    if (plain) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(name);
    } else {
      path.append('[');
      appendQuoted(path, name.length() <= 256 ? name : name.substring(0, 256));
      path.append(']');
    }
  }
}

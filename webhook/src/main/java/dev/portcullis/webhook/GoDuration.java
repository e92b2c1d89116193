package dev.portcullis.webhook;

import java.util.OptionalLong;

/** Durations as Go spells them: {@code 1.5s}, {@code 1h30m}, {@code -2us}. */
final class GoDuration {
  private GoDuration() {}

  /** {@return the nanoseconds that this text spells, or nothing} */
  static OptionalLong parse(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.length() - at == 1 && text.charAt(at) == '0') {
      return OptionalLong.of(0);
    }
    if (at == text.length()) {
      return OptionalLong.empty();
    }
    double nanos = 0;
    while (at < text.length()) {
      int number = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
        at++;
      }
      String digits = text.substring(number, unit);
      double scale = scale(text.substring(unit, at));
      if (scale == 0 || !isNumber(digits)) {
        return OptionalLong.empty();
      }
      nanos += Double.parseDouble(digits) * scale;
    }
    // Go refuses what does not fit 64 bits: some 292 years.
    return nanos > Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(negative ? -(long) nanos : (long) nanos);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Digits with one dot at most; a dot alone is none. */
  private static boolean isNumber(String text) {
    int dot = text.indexOf('.');
    return dot == text.lastIndexOf('.') && text.length() > (dot >= 0 ? 1 : 0);
  }

  private static double scale(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> 0;
    };
  }
}

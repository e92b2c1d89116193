package dev.portcullis.manifests.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's {@code strconv} and {@code encoding/json} read and print them. */
final class GoNumbers {
  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private GoNumbers() {}

  /**
   * {@return the integer of a literal with an optional sign and an optional base prefix, or null if
   * it is none}
   *
   * <p>{@code 0b1}, {@code 0o7}, {@code 07} and {@code 0xf} name their base. The range is that of
   * int64, without a sign that of uint64.
   */
  static @Nullable Number parseInteger(String text) {
    int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int base = 10;
    int digits = start;
    if (text.length() > start + 1 && text.charAt(start) == '0') {
      base =
          switch (text.charAt(start + 1)) {
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            case 'x', 'X' -> 16;
            default -> -8;
          };
      digits = base < 0 ? start + 1 : start + 2;
      base = Math.abs(base);
    }
    return magnitude(text, start, digits, base);
  }

  /**
   * {@return the integer after {@code 0b} or {@code -0b}, where the library accepts a second sign
   * ({@code 0b-1}), or null}
   */
  static @Nullable Number parseLooseBinary(String text) {
    if (text.startsWith("0b")
        && text.length() > 3
        && (text.charAt(2) == '-' || text.charAt(2) == '+')) {
      return magnitude(text.substring(2), 1, 1, 2);
    }
    return null;
  }

  private static @Nullable Number magnitude(String text, int sign, int from, int base) {
    int length = text.length();
    if (from >= length) {
      return null;
    }
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || Character.digit(c, base) < 0) {
        return null;
      }
    }
    boolean negative = sign == 1 && text.charAt(0) == '-';
    if (length - from <= 12) {
      long value = Long.parseLong(text, from, length, base);
      return negative ? -value : value;
    }
    BigInteger value = new BigInteger(text.substring(from), base);
    if (negative) {
      value = value.negate();
    }
    if (value.bitLength() <= 63) {
      return value.longValue();
    }
    return sign == 0 && value.compareTo(MAX_UNSIGNED) <= 0 ? value : null;
  }

  /**
   * {@return the text without underscores, or null if one of them does not stand between digits}
   */
  static @Nullable String withoutValidUnderscores(String text) {
    if (text.indexOf('_') < 0) {
      return text;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '_' && !(isDigit(text, i - 1) && isDigit(text, i + 1))) {
        return null;
      }
    }
    return text.replace("_", "");
  }

  private static boolean isDigit(String text, int i) {
    return i >= 0 && i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  /** {@return the number as {@code encoding/json} prints a float64} */
  static String formatJson(double number) {
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    double size = Math.abs(number);
    if (size >= 1e-6 && size < 1e21) {
      return shortest(number).toPlainString();
    }
    return scientific(shortest(number), 1);
  }

  /**
   * {@return the number as {@code sigs.k8s.io/yaml} prints a float that is a key: as few digits as
   * tell float32 values apart}
   */
  static String formatFloat32(double number) {
    float narrow = (float) number;
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Float.isInfinite(narrow)) {
      return narrow > 0 ? ".inf" : "-.inf";
    }
    if (narrow == 0) {
      return 1 / narrow < 0 ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Float.toString(narrow)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < -4 || exponent >= 6) {
      return scientific(decimal, 2);
    }
    return decimal.toPlainString();
  }

  /** Java prints at least two digits, Go one if that is enough. */
  private static BigDecimal shortest(double number) {
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      BigDecimal rounded = decimal.round(new MathContext(1));
      return rounded.doubleValue() == number ? rounded : decimal;
    }
    return decimal;
  }

  private static String scientific(BigDecimal decimal, int exponentDigits) {
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = decimal.precision() - decimal.scale() - 1;
    StringBuilder out = new StringBuilder();
    if (decimal.signum() < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    String power = Integer.toString(Math.abs(exponent));
    out.repeat('0', Math.max(0, exponentDigits - power.length())).append(power);
    return out.toString();
  }
}

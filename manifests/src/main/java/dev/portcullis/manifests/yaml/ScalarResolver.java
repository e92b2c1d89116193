package dev.portcullis.manifests.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar means: the rules of {@code go.yaml.in/yaml/v2}, the library behind kubectl.
 *
 * <p>They are neither YAML 1.1 nor 1.2: booleans are those of 1.1 ({@code yes}, {@code off}, {@code
 * y}), {@code 0777} and {@code 0o777} are octal, {@code 1:30} is a string, and a number that fails
 * as an integer may still be a float ({@code 089} is 89).
 */
final class ScalarResolver {
  static final String TAG_PREFIX = "tag:yaml.org,2002:";
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})|"
              + " [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?)?");

  private ScalarResolver() {}

  /** {@return the value of an untagged plain scalar; null for a YAML null} */
  static @Nullable Object plain(String text) {
    if (text.isEmpty()) {
      return null;
    }
    char first = text.charAt(0);
    return switch (first) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-' -> number(text);
      case '.' -> startingWithDot(text);
      case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~' -> word(text);
      default -> text;
    };
  }

  /**
   * {@return the value of a scalar with a tag}
   *
   * @param tag the tag in full
   * @throws IllegalArgumentException if the text does not fit the tag; the message is the library's
   */
  static @Nullable Object tagged(String tag, String text) {
    if (!tag.startsWith(TAG_PREFIX)) {
      return text;
    }
    String wanted = tag.substring(TAG_PREFIX.length());
    return switch (wanted) {
      case "binary" -> binary(text);
      case "bool", "int", "float", "null", "timestamp" -> converted(wanted, text);
      default -> text;
    };
  }

  private static @Nullable Object converted(String wanted, String text) {
    Object value = plain(text);
    String found =
        switch (value) {
          case null -> "null";
          case Boolean bool -> "bool";
          case Double number -> "float";
          case String string -> "str";
          default -> "int";
        };
    if (wanted.equals(found)) {
      return value;
    }
    if (wanted.equals("float") && value instanceof Long number) {
      return (double) number;
    }
    if (wanted.equals("timestamp") && TIMESTAMP.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException(
        "cannot decode !!" + found + " `" + text + "` as a !!" + wanted);
  }

  private static String binary(String text) {
    try {
      String digits = text.replace("\n", "").replace("\r", "");
      if (digits.length() % 4 != 0) {
        throw new IllegalArgumentException("padding is missing");
      }
      byte[] bytes = Base64.getDecoder().decode(digits);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("!!binary value contains invalid base64 data", e);
    }
  }

  private static @Nullable Object word(String text) {
    return switch (text) {
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> false;
      case "~", "null", "Null", "NULL" -> null;
      default -> text;
    };
  }

  private static Object startingWithDot(String text) {
    return switch (text) {
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", ".Inf", ".INF" -> Double.POSITIVE_INFINITY;
      default -> {
        // Here, and only here, underscores are left to the float parser.
        String digits = GoNumbers.withoutValidUnderscores(text);
        yield digits == null ? text : floatOr(text, digits);
      }
    };
  }

  private static Object number(String text) {
    return switch (text) {
      case "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      default -> {
        String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
        Number integer = GoNumbers.parseInteger(digits);
        yield integer != null ? integer : floatOr(text, digits);
      }
    };
  }

  private static Object floatOr(String text, String digits) {
    if (FLOAT.matcher(digits).matches()) {
      double number = Double.parseDouble(digits);
      if (!Double.isInfinite(number)) {
        return number;
      }
    }
    Number binary = GoNumbers.parseLooseBinary(digits);
    return binary == null ? text : binary;
  }
}

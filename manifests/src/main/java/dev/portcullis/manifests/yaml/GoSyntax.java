package dev.portcullis.manifests.yaml;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Values as Go's {@code %#v} prints them. */
final class GoSyntax {
  private GoSyntax() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case String string -> quote(string);
      case BigInteger number -> "0x" + number.toString(16);
      case Double number -> GoNumbers.formatJson(number);
      default -> value.toString();
    };
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case 0x0B -> out.append("\\v");
      default -> {
        if (c < 0x20 || c == 0x7F) {
          out.append(String.format("\\x%02x", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}

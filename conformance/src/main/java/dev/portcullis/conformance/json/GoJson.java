package dev.portcullis.conformance.json;

import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.Json.Raw;

/** JSON text as Go's encoder writes it without its escapes for HTML. */
public final class GoJson {
  private static final String HEX = "0123456789abcdef";

  private GoJson() {}

  /** {@return the value as text without blanks} */
  public static String print(Json value) {
    var out = new StringBuilder(512);
    print(value, out);
    return out.toString();
  }

  /** Appends the value as text without blanks. */
  public static void print(Json value, StringBuilder out) {
    switch (value) {
      case Raw raw -> out.append(raw.text());
      case Obj object -> {
        out.append('{');
        for (int i = 0; i < object.members().size(); i++) {
          Member member = object.members().get(i);
          out.append(i == 0 ? "" : ",");
          quote(member.name(), out);
          out.append(':');
          print(member.value(), out);
        }
        out.append('}');
      }
      case Arr array -> {
        out.append('[');
        for (int i = 0; i < array.items().size(); i++) {
          out.append(i == 0 ? "" : ",");
          print(array.items().get(i), out);
        }
        out.append(']');
      }
    }
  }

  /** {@return the text in quotes} */
  public static String quote(String text) {
    var out = new StringBuilder(text.length() + 8);
    quote(text, out);
    return out.toString();
  }

  /** Appends the text in quotes; a lone surrogate stays one, as an escape. */
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, start, i);
      start = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '\u2028' || c == '\u2029' || lone(text, i)) {
            escape(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append(text, start, text.length()).append('"');
  }

  private static boolean lone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static void escape(char c, StringBuilder out) {
    out.append("\\u")
        .append(HEX.charAt(c >> 12))
        .append(HEX.charAt(c >> 8 & 15))
        .append(HEX.charAt(c >> 4 & 15))
        .append(HEX.charAt(c & 15));
  }
}

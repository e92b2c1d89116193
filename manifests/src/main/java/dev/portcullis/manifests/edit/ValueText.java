package dev.portcullis.manifests.edit;

import dev.portcullis.manifests.yaml.Style;
import dev.portcullis.policy.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a value as YAML or JSON text. */
final class ValueText {
  /** Words that mean the same with and without quotes, in every YAML. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z_]{2,}");

  private static final List<String> NOT_PLAIN = List.of("null", "true", "false", "yes", "off");

  private ValueText() {}

  /** {@return a key as YAML} */
  static String key(String name) {
    return scalar(name, Style.PLAIN);
  }

  /** {@return a string or boolean in the style of what stood there, or stands beside it} */
  static String scalar(Object value, Style like) {
    if (!(value instanceof String text)) {
      return value.toString();
    }
    boolean plain =
        PLAIN.matcher(text).matches() && !NOT_PLAIN.contains(text.toLowerCase(Locale.ROOT));
    if (like == Style.SINGLE_QUOTED && plain) {
      return "'" + text + "'";
    }
    return like == Style.PLAIN && plain ? text : json(text);
  }

  /** {@return the value on one line, as JSON or as YAML in brackets} */
  static String flow(Object value, boolean json) {
    return switch (value) {
      case Map<?, ?> map -> {
        var out = new StringBuilder("{");
        map.forEach((key, member) ->
            out.append(out.length() == 1 ? "" : ", ")
                .append(json ? json(key.toString()) : key(key.toString()))
                .append(": ")
                .append(flow(member, json)));
        yield out.append('}').toString();
      }
      case List<?> list -> {
        var out = new StringBuilder("[");
        for (Object item : list) {
          out.append(out.length() == 1 ? "" : ", ").append(flow(item, true));
        }
        yield out.append(']').toString();
      }
      default -> scalar(value, json ? Style.JSON : Style.PLAIN);
    };
  }

  /**
   * {@return JSON without blanks}; only for what remedies write, where no string holds such a pair.
   */
  static String tight(String json) {
    return json.replace(": ", ":").replace(", ", ",");
  }

  /**
   * Appends {@code key: value} on separate lines, each with a line end before it.
   *
   * @param indent of the key, in blanks
   * @param step more of it for each level below
   */
  static void appendBlock(
      StringBuilder out, String eol, int indent, int step, String key, Object value) {
    out.append(eol).append(" ".repeat(indent)).append(key(key)).append(':');
    appendBlockValue(out, eol, indent, step, value);
  }

  /** Appends a value behind its key: on the same line, or on separate lines if it has members. */
  static void appendBlockValue(StringBuilder out, String eol, int indent, int step, Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (name, member) -> appendBlock(out, eol, indent + step, step, name.toString(), member));
    } else {
      out.append(' ').append(flow(value, false));
    }
  }

  /**
   * {@return a member of a JSON object, spread over lines}
   *
   * @param indent of the member, in blanks
   */
  static String jsonMember(String eol, int indent, int step, String key, Object value) {
    return json(key) + ": " + jsonValue(eol, indent, step, value);
  }

  /** {@return a JSON value, an object spread over lines} */
  static String jsonValue(String eol, int indent, int step, Object value) {
    if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
      return flow(value, true);
    }
    var out = new StringBuilder("{");
    map.forEach((name, member) ->
        out.append(out.length() == 1 ? "" : ",")
            .append(eol)
            .append(" ".repeat(indent + step))
            .append(jsonMember(eol, indent + step, step, name.toString(), member)));
    return out.append(eol).append(" ".repeat(indent)).append('}').toString();
  }

  private static String json(String text) {
    var out = new StringBuilder();
    JsonText.appendQuoted(out, text);
    return out.toString();
  }
}

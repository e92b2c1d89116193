package dev.portcullis.advice.export;

import dev.portcullis.policy.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes objects of the API as YAML that is read line by line: one expression a line or block. */
final class YamlText {
  /** Words that no reader takes for anything but themselves. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9./-]*");

  private static final Pattern AMBIGUOUS = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String of(Map<String, ?> object) {
    var text = new YamlText();
    text.members(object, 0, false);
    return text.out.toString();
  }

  private void members(Map<?, ?> map, int indent, boolean begun) {
    boolean first = begun;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.append(" ".repeat(indent));
      }
      first = false;
      scalar((String) entry.getKey(), indent);
      out.append(':');
      value(entry.getValue(), indent);
    }
  }

  private void value(Object value, int indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        members(map, indent + 2, false);
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n');
        for (Object element : list) {
          out.append(" ".repeat(indent)).append("- ");
          if (element instanceof Map<?, ?> map) {
            members(map, indent + 2, true);
          } else {
            scalar((String) element, indent + 2);
            out.append('\n');
          }
        }
      }
      case Map<?, ?> empty -> out.append(" {}\n");
      case List<?> empty -> out.append(" []\n");
      default -> {
        out.append(' ');
        scalar((String) value, indent + 2);
        out.append('\n');
      }
    }
  }

  private void scalar(String text, int indent) {
    if (text.indexOf('\n') >= 0 && text.chars().noneMatch(c -> c < ' ' && c != '\n')) {
      out.append("|-");
      for (String line : text.split("\n", -1)) {
        out.append('\n').append(line.isEmpty() ? "" : " ".repeat(indent)).append(line);
      }
    } else if (PLAIN.matcher(text).matches() && !AMBIGUOUS.matcher(text).matches()) {
      out.append(text);
    } else if (printable(text) && !text.isEmpty()) {
      out.append('\'').append(text.replace("'", "''")).append('\'');
    } else {
      JsonText.appendQuoted(out, text);
    }
  }

  private static boolean printable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }
}

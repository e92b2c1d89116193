package dev.portcullis.webhook;

import java.time.Instant;
import java.util.List;

/**
 * One line of the log, being written: a JSON object, or {@code key=value} pairs. No value can end
 * the line.
 */
final class LogLine {
  private final StringBuilder out;
  private final boolean json;

  private LogLine(StringBuilder out, boolean json) {
    this.out = out;
    this.json = json;
  }

  static LogLine of(LogFormat format, Instant time, String level, String message) {
    boolean json = format == LogFormat.JSON;
    var line = new LogLine(new StringBuilder(768).append(json ? "{" : ""), json);
    return line.with("time", time.toString()).with("level", level).with("message", message);
  }

  LogLine with(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  LogLine with(String key, boolean value) {
    key(key);
    out.append(value);
    return this;
  }

  LogLine with(String key, List<String> values) {
    key(key);
    if (!json) {
      quote(String.join(",", values));
      return this;
    }
    int room = 4;
    for (String value : values) {
      room += value.length() + 3;
    }
    out.ensureCapacity(out.length() + room);
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ",");
      quote(values.get(i));
    }
    out.append(']');
    return this;
  }

  /** {@return the line with its end} */
  String end() {
    return out.append(json ? "}\n" : "\n").toString();
  }

  private void key(String key) {
    if (json) {
      out.append(out.length() == 1 ? "\"" : ",\"").append(key).append("\":");
    } else {
      out.append(out.isEmpty() ? "" : " ").append(key).append('=');
    }
  }

  private void quote(String value) {
    if (!json && isPlain(value)) {
      out.append(value);
      return;
    }
    out.append('"');
    int plain = plainLength(value);
    out.append(value, 0, plain);
    for (int i = plain; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Also what terminals obey and what some readers take for the end of a line.
          if (c < ' '
              || (c >= 0x7f && c < 0xa0)
              || c == 0x2028
              || c == 0x2029
              || isLoneSurrogate(value, i)) {
            out.append("\\u")
                .append(Character.forDigit(c >> 12, 16))
                .append(Character.forDigit(c >> 8 & 15, 16));
            out.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** {@return how much of the beginning needs no escape}: all of it, nearly always. */
  private static int plainLength(String value) {
    int i = 0;
    while (i < value.length()) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        break;
      }
      i++;
    }
    return i;
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '=') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static boolean isLoneSurrogate(String value, int at) {
    char c = value.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
  }
}

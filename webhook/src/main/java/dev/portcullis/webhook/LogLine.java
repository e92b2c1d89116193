package dev.portcullis.webhook;

import dev.portcullis.policy.UntrustedText;
import java.time.Instant;
import java.util.List;

/**
 * One line of the log, being written: a JSON object, or {@code key=value} pairs. No value can end
 * the line, and none is longer than {@link UntrustedText#MAX_VALUE}.
 */
final class LogLine {
  /** How much of a list is told, in characters. */
  private static final int MAX_LIST = 8 * 1024;

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
      quote(String.join(",", values), MAX_LIST);
      return this;
    }
    out.append('[');
    int end = out.length() + MAX_LIST;
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ",");
      int room = end - out.length();
      if (room <= 0) {
        quote("... (" + (values.size() - i) + " more)");
        break;
      }
      quote(values.get(i), Math.min(room, UntrustedText.MAX_VALUE));
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
    quote(value, UntrustedText.MAX_VALUE);
  }

  private void quote(String value, int max) {
    if (!json && value.length() <= max && isPlain(value)) {
      out.append(value);
    } else {
      UntrustedText.appendQuoted(out, value, max);
    }
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
}

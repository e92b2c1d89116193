package dev.portcullis.webhook;

import dev.portcullis.admission.Deadline;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The deadline in {@code ?timeout=}, read as the reference reads it: of several the first, and none
 * if it is malformed.
 */
final class Timeout {
  private static final String NAME = "timeout";

  private Timeout() {}

  static Deadline deadline(@Nullable String query) {
    String value = query == null ? null : first(query);
    if (value == null) {
      return Deadline.none();
    }
    OptionalLong nanos = GoDuration.parse(value);
    return nanos.isPresent() ? Deadline.afterNanos(nanos.getAsLong()) : Deadline.none();
  }

  private static @Nullable String first(String query) {
    int from = 0;
    while (from <= query.length()) {
      int end = query.indexOf('&', from);
      String pair = query.substring(from, end < 0 ? query.length() : end);
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (pair.indexOf(';') < 0 && NAME.equals(decoded(key))) {
        String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
        if (value != null) {
          return value;
        }
      }
      if (end < 0) {
        return null;
      }
      from = end + 1;
    }
    return null;
  }

  private static @Nullable String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

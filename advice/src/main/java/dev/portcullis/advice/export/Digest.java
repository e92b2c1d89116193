package dev.portcullis.advice.export;

import dev.portcullis.policy.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of an object's specification that is the same before and after the API server has stored
 * it: the order of members, and members that are null or empty, make no difference.
 */
final class Digest {
  /** Enough that no edit has it by chance. */
  private static final int LENGTH = 32;

  private Digest() {}

  static String of(Map<?, ?> spec) {
    var text = new StringBuilder();
    append(text, spec);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        out.append('{');
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, member) -> {
          if (!empty(member)) {
            sorted.put((String) key, member);
          }
        });
        sorted.forEach((key, member) -> {
          JsonText.appendQuoted(out, key);
          append(out.append(':'), member);
          out.append(',');
        });
        out.append('}');
      }
      case List<?> list -> {
        out.append('[');
        for (Object element : list) {
          append(out, element);
          out.append(',');
        }
        out.append(']');
      }
      case String text -> JsonText.appendQuoted(out, text);
      case null, default -> out.append(value);
    }
  }

  private static boolean empty(@Nullable Object value) {
    return value == null
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }
}

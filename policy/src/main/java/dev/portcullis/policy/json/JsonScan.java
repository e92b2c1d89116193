package dev.portcullis.policy.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of tokens and values in bytes, eight at a time where it can. It answers where, or
 * that something is wrong; what is wrong is for {@link JsonCursor} to say.
 */
final class JsonScan {
  /** There is a fault, or more nesting than this scan follows. */
  static final int FAULT = -1;

  /**
   * How deep a value may nest for {@link #valueEnd} to follow: one bit a level beside a sentinel.
   */
  static final int MAX_DEPTH = 62;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private JsonScan() {}

  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** {@return the first offset from {@code at} on that holds no blank} */
  static int blanksEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      byte c = bytes[at];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return at;
      }
      at++;
    }
    return at;
  }

  /**
   * {@return the offset of the quote that ends a string of plain ASCII without escapes, or FAULT}
   */
  static int plainStringEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at <= end - 8) {
      long word = word(bytes, at);
      long special = special(word) | (word & HIGHS);
      if (special != 0) {
        at += Long.numberOfTrailingZeros(special) >>> 3;
        return bytes[at] == '"' ? at : FAULT;
      }
      at += 8;
    }
    while (at < end) {
      byte c = bytes[at];
      if (c == '"') {
        return at;
      }
      if (c < ' ' || c == '\\') {
        return FAULT;
      }
      at++;
    }
    return FAULT;
  }

  /** {@return the offset behind the closing quote of a string, or {@code ~offset} of its fault} */
  static int stringEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at <= end - 8) {
      long special = special(word(bytes, at));
      if (special == 0) {
        at += 8;
        continue;
      }
      at += Long.numberOfTrailingZeros(special) >>> 3;
      if (bytes[at] == '"') {
        return at + 1;
      }
      int next = escapeEnd(bytes, at, end);
      if (next == at) {
        return ~at;
      }
      at = next;
    }
    return lastStringEnd(bytes, at, end);
  }

  /** As {@link #stringEnd}, where fewer than eight bytes are left. */
  private static int lastStringEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      byte c = bytes[at];
      if (c == '"') {
        return at + 1;
      }
      boolean special = c == '\\' || (c >= 0 && c < ' ');
      int next = special ? escapeEnd(bytes, at, end) : at + 1;
      if (next == at) {
        return ~at;
      }
      at = next;
    }
    return ~end;
  }

  /** Marks the bytes that end a run inside of a string; of the marks only the lowest is exact. */
  private static long special(long word) {
    long quote = word ^ (ONES * '"');
    long slash = word ^ (ONES * '\\');
    long found =
        ((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) | ((word - ONES * ' ') & ~word);
    return found & HIGHS;
  }

  /** {@return the offset behind an escape; {@code at} itself if there is none or a wrong one} */
  private static int escapeEnd(byte[] bytes, int at, int end) {
    if (bytes[at] != '\\' || at + 1 >= end) {
      return at;
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> at + 6 <= end && JsonText.hex(bytes, at + 2) >= 0 ? at + 6 : at;
      default -> at;
    };
  }

  /** {@return the offset behind a number, or {@code ~offset} where a digit is missing} */
  static int numberEnd(byte[] bytes, int from, int end) {
    int at = bytes[from] == '-' ? from + 1 : from;
    at = at < end && bytes[at] == '0' ? at + 1 : digitsEnd(bytes, at, end);
    if (at >= 0 && at < end && bytes[at] == '.') {
      at = digitsEnd(bytes, at + 1, end);
    }
    if (at >= 0 && at < end && (bytes[at] | 0x20) == 'e') {
      at++;
      boolean signed = at < end && (bytes[at] == '+' || bytes[at] == '-');
      at = digitsEnd(bytes, signed ? at + 1 : at, end);
    }
    return at;
  }

  private static int digitsEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at == from ? ~at : at;
  }

  /** {@return the offset behind {@code true}, {@code false} or {@code null}, or FAULT} */
  static int literalEnd(byte[] bytes, int from, int end) {
    String word =
        switch (bytes[from]) {
          case 't' -> "true";
          case 'f' -> "false";
          case 'n' -> "null";
          default -> "";
        };
    int length = word.length();
    if (length == 0 || end - from < length) {
      return FAULT;
    }
    for (int i = 1; i < length; i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return FAULT;
      }
    }
    return from + length;
  }

  /** {@return the offset behind the value at {@code from}, checked throughout, or FAULT} */
  static int valueEnd(byte[] bytes, int from, int end) {
    long kinds = 1; // The sentinel; then one bit a level, 1 for an object.
    int at = from;
    while (at >= 0) {
      at = blanksEnd(bytes, at, end);
      byte c = at < end ? bytes[at] : 0;
      if (c == '"') {
        at = stringEnd(bytes, at + 1, end);
      } else if (c == '{' || c == '[') {
        if (kinds >>> MAX_DEPTH != 0) {
          return FAULT;
        }
        kinds = kinds << 1 | (c == '{' ? 1 : 0);
        at = blanksEnd(bytes, at + 1, end);
        boolean empty = at < end && bytes[at] == c + 2;
        if (!empty) {
          at = c == '{' ? nameEnd(bytes, at, end) : at;
          continue;
        }
      } else {
        at = plainEnd(bytes, c, at, end);
      }
      while (kinds != 1 && at >= 0) {
        at = blanksEnd(bytes, at, end);
        if (at >= end || bytes[at] != ((kinds & 1) != 0 ? '}' : ']')) {
          break;
        }
        kinds >>>= 1;
        at++;
      }
      if (kinds == 1 || at < 0) {
        break;
      }
      at = nextEnd(bytes, at, end, (kinds & 1) != 0);
    }
    return at < 0 ? FAULT : at;
  }

  /**
   * {@return the offset behind a comma, and behind the name that follows in an object, or FAULT}
   */
  private static int nextEnd(byte[] bytes, int comma, int end, boolean object) {
    if (comma >= end || bytes[comma] != ',') {
      return FAULT;
    }
    return object ? nameEnd(bytes, blanksEnd(bytes, comma + 1, end), end) : comma + 1;
  }

  private static int plainEnd(byte[] bytes, byte first, int at, int end) {
    return switch (first) {
      case 't', 'f', 'n' -> literalEnd(bytes, at, end);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numberEnd(bytes, at, end);
      default -> FAULT;
    };
  }

  /** {@return the offset behind the colon of a member's name, or FAULT} */
  private static int nameEnd(byte[] bytes, int from, int end) {
    if (from >= end || bytes[from] != '"') {
      return FAULT;
    }
    int close = stringEnd(bytes, from + 1, end);
    if (close < 0) {
      return FAULT;
    }
    int colon = blanksEnd(bytes, close, end);
    return colon < end && bytes[colon] == ':' ? colon + 1 : FAULT;
  }
}

package dev.portcullis.policy.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks forward over one JSON document (RFC 8259) in a byte array, and checks every byte it passes.
 *
 * <p>The caller pulls what it expects ({@link #beginObject}, {@link #nextName}, {@link
 * #readString}, ...) and skips the rest; what is skipped is validated too. Strings are decoded as
 * Go decodes them: a byte that is not UTF-8 and a lone surrogate escape become U+FFFD. Every fault
 * is a {@link JsonException} that knows its path.
 *
 * <p>Not thread-safe; one cursor walks one document once.
 */
public final class JsonCursor {
  /** What {@link #nextName} answers at the end of the object. */
  public static final int END = -1;

  /**
   * What {@link #nextName} answers for a name that is not among those asked for; its value must be
   * skipped.
   */
  public static final int UNKNOWN = -2;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /**
   * Frame of an object before its first name. Else: the offset of the name's quote, or ~index in an
   * array.
   */
  private static final int NO_NAME = Integer.MIN_VALUE;

  private static final int FRESH_ARRAY = 0;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final JsonLimits limits;
  private int pos;
  private int depth;
  private int[] frames = new int[16];
  private int elements;
  private long @Nullable [] deepKinds;

  /** Starts before the value of {@code slice}; fails when it is longer than the limits allow. */
  public JsonCursor(JsonSlice slice, JsonLimits limits) throws JsonException {
    this.bytes = slice.bytes();
    this.start = slice.offset();
    this.pos = start;
    this.end = start + slice.length();
    this.limits = limits;
    if (slice.length() > limits.maxBytes()) {
      throw new JsonException(
          "",
          0,
          "the document has " + slice.length() + " bytes, the limit is " + limits.maxBytes());
    }
  }

  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** Enters the object that must stand here. */
  public void beginObject() throws JsonException {
    if (peek() != '{') {
      throw mismatch("an object");
    }
    push(NO_NAME);
  }

  /**
   * {@return the number of the next member's name among {@code names}, {@link #UNKNOWN}, or {@link
   * #END} once the object is over and left} Names are compared exactly, escapes resolved.
   */
  public int nextName(JsonNames names) throws JsonException {
    if (!toName()) {
      return END;
    }
    int quote = pos;
    frames[depth - 1] = quote;
    int close = plainStringEnd(quote + 1);
    int found;
    if (close >= 0) {
      pos = close + 1;
      found = names.find(bytes, quote + 1, close, JsonNames.prefix(bytes, quote + 1, close));
    } else {
      found = names.indexOf(readString());
    }
    expectColon();
    return found >= 0 ? found : UNKNOWN;
  }

  /** {@return the next member's name, or null once the object is over and left} */
  public @Nullable String nextName() throws JsonException {
    if (!toName()) {
      return null;
    }
    frames[depth - 1] = pos;
    String name = readString();
    expectColon();
    return name;
  }

  /** Enters the array that must stand here. */
  public void beginArray() throws JsonException {
    if (peek() != '[') {
      throw mismatch("a list");
    }
    push(FRESH_ARRAY);
  }

  /** {@return whether another element follows; if not, the array is left} */
  public boolean nextElement() throws JsonException {
    byte c = peek();
    int frame = frames[depth - 1];
    if (c == ']') {
      pos++;
      depth--;
      return false;
    }
    if (frame == FRESH_ARRAY) {
      frames[depth - 1] = ~0;
      return true;
    }
    if (c != ',') {
      throw fault("expected ',' or ']' in the list");
    }
    pos++;
    frames[depth - 1] = frame - 1;
    return true;
  }

  /** Counts one element that the caller keeps; fails past the limit. */
  public void countElement() throws JsonException {
    if (++elements > limits.maxElements()) {
      throw fault("more than " + limits.maxElements() + " elements in one document");
    }
  }

  /** {@return whether null stood here; if so it has been passed} */
  public boolean readNull() throws JsonException {
    if (peek() != 'n') {
      return false;
    }
    literal("null");
    return true;
  }

  /** {@return the boolean that must stand here} */
  public boolean readBoolean() throws JsonException {
    byte c = peek();
    if (c == 't') {
      literal("true");
      return true;
    }
    if (c == 'f') {
      literal("false");
      return false;
    }
    throw mismatch("true or false");
  }

  /**
   * {@return the integer that must stand here}; a fraction, an exponent or an overflow of 64 bits
   * is a fault.
   */
  public long readLong() throws JsonException {
    byte c = peek();
    if (c != '-' && (c < '0' || c > '9')) {
      throw mismatch("an integer");
    }
    int from = pos;
    skipNumber();
    long value = 0;
    for (int i = c == '-' ? from + 1 : from; i < pos; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw faultAt(from, "must be an integer, found " + text(from, pos));
      }
      // Negative throughout: the most negative number has no positive counterpart.
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw faultAt(from, "does not fit 64 bits: " + text(from, pos));
      }
      value = value * 10 - digit;
    }
    if (c == '-') {
      return value;
    }
    if (value == Long.MIN_VALUE) {
      throw faultAt(from, "does not fit 64 bits: " + text(from, pos));
    }
    return -value;
  }

  /** {@return the integer that must stand here}; one that does not fit 32 bits is a fault. */
  public int readInt() throws JsonException {
    int from = pos;
    long value = readLong();
    if (value != (int) value) {
      throw faultAt(from, "does not fit 32 bits: " + value);
    }
    return (int) value;
  }

  /** {@return the string that must stand here} */
  public String readString() throws JsonException {
    if (peek() != '"') {
      throw mismatch("a string");
    }
    int from = pos + 1;
    int close = plainStringEnd(from);
    if (close >= 0) {
      pos = close + 1;
      return text(from, close);
    }
    skipString();
    return JsonText.decode(bytes, from, pos - 1);
  }

  /** {@return as {@link #readString()}, without a new object for a text among {@code known}} */
  public String readString(JsonNames known) throws JsonException {
    if (peek() != '"') {
      throw mismatch("a string");
    }
    int from = pos + 1;
    int close = plainStringEnd(from);
    if (close < 0) {
      return readString();
    }
    pos = close + 1;
    int found = known.find(bytes, from, close, JsonNames.prefix(bytes, from, close));
    return found >= 0 ? known.name(found) : text(from, close);
  }

  /** {@return whether a string stands here} */
  public boolean atString() throws JsonException {
    return peek() == '"';
  }

  /** {@return whether an object stands here} */
  public boolean atObject() throws JsonException {
    return peek() == '{';
  }

  /** {@return whether a list stands here} */
  public boolean atArray() throws JsonException {
    return peek() == '[';
  }

  /** Passes an object without looking inside; another kind of value is a fault. */
  public void skipObject() throws JsonException {
    if (peek() != '{') {
      throw mismatch("an object");
    }
    skipValue();
  }

  /** Passes a string without decoding it; another kind of value is a fault. */
  public void skipStringValue() throws JsonException {
    if (peek() != '"') {
      throw mismatch("a string");
    }
    skipString();
  }

  /**
   * {@return the value that stands here, as a slice of the document}; it is validated and passed.
   */
  public JsonSlice sliceValue() throws JsonException {
    peek();
    int from = pos;
    skipValue();
    return new JsonSlice(bytes, from, pos - from);
  }

  /** Passes the value that stands here, whatever it holds. */
  public void skipValue() throws JsonException {
    long kinds = 0;
    int level = 0;
    while (true) {
      byte c = peek();
      boolean opened = false;
      if (c == '"') {
        skipString();
      } else if (c == '{' || c == '[') {
        if (depth + level >= limits.maxDepth()) {
          throw tooDeep();
        }
        if (level >= 64 && (level & 63) == 0) {
          keep(level, kinds);
        }
        kinds = (kinds << 1) | (c == '{' ? 1 : 0);
        level++;
        pos++;
        opened = true;
      } else {
        skipScalar(c);
      }
      while (true) {
        if (level == 0) {
          return;
        }
        boolean object = (kinds & 1) != 0;
        c = peek();
        if (c == (object ? '}' : ']')) {
          pos++;
          kinds >>>= 1;
          level--;
          if (level >= 64 && (level & 63) == 0) {
            kinds = kept(level);
          }
          opened = false;
          continue;
        }
        if (!opened) {
          if (c != ',') {
            throw fault(
                object ? "expected ',' or '}' in the object" : "expected ',' or ']' in the list");
          }
          pos++;
        }
        if (object) {
          if (peek() != '"') {
            throw fault("expected a member name in double quotes");
          }
          skipString();
          expectColon();
        }
        break;
      }
    }
  }

  /** Demands that nothing but blanks follows. */
  public void end() throws JsonException {
    skipBlanks();
    if (pos < end) {
      throw fault("unexpected " + describe(bytes[pos]) + " after the end of the document");
    }
  }

  /** {@return whether nothing but blanks follows} */
  public boolean atEnd() {
    skipBlanks();
    return pos >= end;
  }

  /** {@return a fault at the value read last, for what only the caller can judge} */
  public JsonException fault(String problem) {
    return faultAt(pos, problem);
  }

  /** {@return where the cursor stands, such as {@code spec.containers[1].name}} */
  public String path() {
    var path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      int frame = frames[i];
      if (frame > 0) {
        JsonText.appendName(
            path, JsonText.decode(bytes, frame + 1, JsonText.closingQuote(bytes, frame + 1, end)));
      } else if (frame < 0 && frame != NO_NAME) {
        path.append('[').append(~frame).append(']');
      }
    }
    return path.toString();
  }

  private boolean toName() throws JsonException {
    byte c = peek();
    if (c == '}') {
      pos++;
      depth--;
      return false;
    }
    if (frames[depth - 1] != NO_NAME) {
      if (c != ',') {
        throw fault("expected ',' or '}' in the object");
      }
      pos++;
      c = peek();
    }
    if (c != '"') {
      throw fault("expected a member name in double quotes");
    }
    return true;
  }

  private void push(int frame) throws JsonException {
    if (depth >= limits.maxDepth()) {
      throw tooDeep();
    }
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
    }
    frames[depth++] = frame;
    pos++;
  }

  private byte peek() throws JsonException {
    int at = pos;
    if (at < end) {
      byte c = bytes[at];
      if (c > ' ') {
        return c;
      }
    }
    skipBlanks();
    if (pos >= end) {
      throw fault("the document ends too early");
    }
    return bytes[pos];
  }

  private void skipBlanks() {
    while (pos < end) {
      byte c = bytes[pos];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      pos++;
    }
  }

  private void expectColon() throws JsonException {
    if (peek() != ':') {
      throw fault("expected ':' after a member name");
    }
    pos++;
  }

  private void literal(String word) throws JsonException {
    int length = word.length();
    if (end - pos < length) {
      throw fault("the document ends too early");
    }
    for (int i = 1; i < length; i++) {
      if (bytes[pos + i] != word.charAt(i)) {
        throw fault("unexpected word, perhaps " + word + " was meant");
      }
    }
    pos += length;
  }

  private void skipScalar(byte c) throws JsonException {
    switch (c) {
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c != '-' && (c < '0' || c > '9')) {
          throw fault("unexpected " + describe(c) + " where a value should be");
        }
        skipNumber();
      }
    }
  }

  private void skipNumber() throws JsonException {
    int at = pos;
    if (bytes[at] == '-') {
      at++;
    }
    if (at < end && bytes[at] == '0') {
      at++;
    } else {
      at = digits(at);
    }
    if (at < end && bytes[at] == '.') {
      at = digits(at + 1);
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      at = digits(at);
    }
    pos = at;
  }

  private int digits(int from) throws JsonException {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw faultAt(at, "a digit is missing in a number");
    }
    return at;
  }

  /**
   * {@return the offset of the closing quote of a string of plain ASCII without escapes, else -1}
   */
  private int plainStringEnd(int from) {
    int at = from;
    int last = end - 8;
    while (at <= last) {
      long word = (long) WORDS.get(bytes, at);
      long special = special(word) | (word & HIGHS);
      if (special != 0) {
        at += Long.numberOfTrailingZeros(special) >>> 3;
        return bytes[at] == '"' ? at : -1;
      }
      at += 8;
    }
    while (at < end) {
      byte c = bytes[at];
      if (c == '"') {
        return at;
      }
      if (c < ' ' || c == '\\') {
        return -1;
      }
      at++;
    }
    return -1;
  }

  /** Marks the bytes that end a run inside of a string; of the marks only the lowest is exact. */
  private static long special(long word) {
    long quote = word ^ (ONES * '"');
    long slash = word ^ (ONES * '\\');
    return (((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) | ((word - ONES * ' ') & ~word))
        & HIGHS;
  }

  /** Passes the string whose opening quote stands here. */
  private void skipString() throws JsonException {
    int at = pos + 1;
    int last = end - 8;
    while (true) {
      while (at <= last) {
        long special = special((long) WORDS.get(bytes, at));
        if (special != 0) {
          at += Long.numberOfTrailingZeros(special) >>> 3;
          break;
        }
        at += 8;
      }
      if (at >= end) {
        throw faultAt(pos, "a string has no end");
      }
      byte c = bytes[at];
      if (c == '"') {
        pos = at + 1;
        return;
      }
      if (c == '\\') {
        at = escapeEnd(at);
      } else if (c >= 0 && c < ' ') {
        throw faultAt(at, "a control character stands unescaped in a string");
      } else {
        at++;
      }
    }
  }

  private int escapeEnd(int slash) throws JsonException {
    if (slash + 1 >= end) {
      throw faultAt(slash, "a string has no end");
    }
    return switch (bytes[slash + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> slash + 2;
      case 'u' -> {
        if (slash + 6 > end || JsonText.hex(bytes, slash + 2) < 0) {
          throw faultAt(slash, "\\u must be followed by four hexadecimal digits");
        }
        yield slash + 6;
      }
      default -> throw faultAt(slash, "unknown escape in a string");
    };
  }

  private void keep(int level, long kinds) {
    if (deepKinds == null) {
      deepKinds = new long[limits.maxDepth() / 64 + 1];
    }
    deepKinds[level / 64] = kinds;
  }

  private long kept(int level) {
    return deepKinds == null ? 0 : deepKinds[level / 64];
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private JsonException mismatch(String expected) {
    return fault("must be " + expected + ", found " + describe(bytes[pos]));
  }

  private JsonException tooDeep() {
    return fault("nested deeper than " + limits.maxDepth() + " levels");
  }

  private JsonException faultAt(int at, String problem) {
    return new JsonException(path(), at - start, problem);
  }

  private static String describe(byte c) {
    return switch (c) {
      case '{' -> "an object";
      case '[' -> "a list";
      case '"' -> "a string";
      case 't', 'f' -> "a boolean";
      case 'n' -> "null";
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
      default ->
          c > ' ' && c < 0x7F ? "'" + (char) c + "'" : "byte 0x" + String.format("%02x", c & 0xFF);
    };
  }
}

package dev.portcullis.policy.json;

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

  /** Frame of an object before its first name; later it is the offset of the name's quote. */
  private static final int NO_NAME = Integer.MIN_VALUE;

  /** Frame of an object behind a comma, while no name is known to be sound. */
  private static final int NEXT_NAME = Integer.MIN_VALUE + 1;

  /** Frame of an array before its first element; later it is ~index. */
  private static final int FRESH_ARRAY = 0;

  private static final int MAX_PATH = 500;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final JsonLimits limits;
  private int pos;
  private int depth;
  private int[] frames = new int[16];
  private int elements;

  /** Starts before the value of {@code slice}; fails when it is longer than the limits allow. */
  public JsonCursor(JsonSlice slice, JsonLimits limits) throws JsonException {
    this.bytes = slice.bytes();
    this.start = slice.offset();
    this.pos = start;
    this.end = start + slice.length();
    this.limits = limits;
    if (slice.length() > limits.maxBytes()) {
      String problem =
          "the document has " + slice.length() + " bytes, the limit is " + limits.maxBytes();
      throw new JsonException("", 0, problem);
    }
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
    int from = pos + 1;
    int close = JsonScan.plainStringEnd(bytes, from, end);
    int found;
    if (close >= 0) {
      pos = close + 1;
      found = names.find(bytes, from, close);
    } else {
      found = names.indexOf(readString());
    }
    frames[depth - 1] = from - 1;
    expectColon();
    return found >= 0 ? found : UNKNOWN;
  }

  /** {@return the next member's name, or null once the object is over and left} */
  public @Nullable String nextName() throws JsonException {
    if (!toName()) {
      return null;
    }
    int quote = pos;
    String name = readString();
    frames[depth - 1] = quote;
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
    literal();
    return true;
  }

  /** {@return the boolean that must stand here} */
  public boolean readBoolean() throws JsonException {
    byte c = peek();
    if (c != 't' && c != 'f') {
      throw mismatch("true or false");
    }
    literal();
    return c == 't';
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
    number();
    long value = 0;
    for (int i = c == '-' ? from + 1 : from; i < pos; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw faultAt(from, "must be an integer, found " + numberText(from));
      }
      // Negative throughout: the most negative number has no positive counterpart.
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw faultAt(from, "does not fit 64 bits: " + numberText(from));
      }
      value = value * 10 - digit;
    }
    if (c == '-') {
      return value;
    }
    if (value == Long.MIN_VALUE) {
      throw faultAt(from, "does not fit 64 bits: " + numberText(from));
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
    int close = JsonScan.plainStringEnd(bytes, from, end);
    if (close >= 0) {
      pos = close + 1;
      return text(from, close);
    }
    string();
    return JsonText.decode(bytes, from, pos - 1);
  }

  /** {@return as {@link #readString()}, without a new object for a text among {@code known}} */
  public String readString(JsonNames known) throws JsonException {
    if (peek() != '"') {
      throw mismatch("a string");
    }
    int from = pos + 1;
    int close = JsonScan.plainStringEnd(bytes, from, end);
    if (close < 0) {
      return readString();
    }
    pos = close + 1;
    int found = known.find(bytes, from, close);
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
  public void skipString() throws JsonException {
    if (peek() != '"') {
      throw mismatch("a string");
    }
    string();
  }

  /** {@return the value that stands here, checked and passed, as a slice of the document} */
  public JsonSlice sliceValue() throws JsonException {
    long mark = mark();
    skipValue();
    return since(mark);
  }

  /** Passes the value that stands here, whatever it holds. */
  public void skipValue() throws JsonException {
    boolean room = limits.maxDepth() - depth >= JsonScan.MAX_DEPTH;
    int to = room ? JsonScan.valueEnd(bytes, pos, end) : JsonScan.FAULT;
    if (to >= 0) {
      pos = to;
    } else {
      walkValue();
    }
  }

  /** {@return the place before the value that stands here, for {@link #back} and {@link #since}} */
  public long mark() throws JsonException {
    peek();
    return (long) depth << 32 | pos;
  }

  /** Returns to a mark in front of which nothing has been left, whatever failed behind it. */
  public void back(long mark) {
    depth = (int) (mark >>> 32);
    pos = (int) mark;
  }

  /** {@return the value that was read since the mark, as a slice of the document} */
  public JsonSlice since(long mark) {
    int from = (int) mark;
    return new JsonSlice(bytes, from, pos - from);
  }

  /** Demands that nothing but blanks follows. */
  public void end() throws JsonException {
    if (!atEnd()) {
      throw fault("unexpected " + describe(bytes[pos]) + " after the end of the document");
    }
  }

  /** {@return whether nothing but blanks follows} */
  public boolean atEnd() {
    pos = JsonScan.blanksEnd(bytes, pos, end);
    return pos >= end;
  }

  /** {@return a fault at the value read last, for what only the caller can judge} */
  public JsonException fault(String problem) {
    return faultAt(pos, problem);
  }

  /**
   * {@return where the cursor stands, such as {@code spec.containers[1].name}; cut where it is
   * longer than anybody reads}
   */
  public String path() {
    var path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      if (path.length() > MAX_PATH) {
        return path.append("...").toString();
      }
      int frame = frames[i];
      if (frame > 0) {
        int close = JsonText.closingQuote(bytes, frame + 1, end);
        JsonText.appendName(path, JsonText.decode(bytes, frame + 1, close));
      } else if (frame < FRESH_ARRAY && frame > NEXT_NAME) {
        path.append('[').append(~frame).append(']');
      }
    }
    return path.toString();
  }

  /**
   * Passes the value step by step: it nests deeply, or it has a fault that this finds and names.
   */
  private void walkValue() throws JsonException {
    int outside = depth;
    do {
      switch (peek()) {
        case '{' -> push(NO_NAME);
        case '[' -> push(FRESH_ARRAY);
        default -> scalar();
      }
      while (depth > outside && !nextInside()) {
        // That container is over: go on in the one around it.
      }
    } while (depth > outside);
  }

  /** Goes to the next value of the innermost container, or leaves it. */
  private boolean nextInside() throws JsonException {
    int frame = frames[depth - 1];
    if (frame <= FRESH_ARRAY && frame > NEXT_NAME) {
      return nextElement();
    }
    if (!toName()) {
      return false;
    }
    int quote = pos;
    string();
    frames[depth - 1] = quote;
    expectColon();
    return true;
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
      frames[depth - 1] = NEXT_NAME;
      c = peek();
    }
    if (c != '"') {
      throw fault("expected a member name in double quotes");
    }
    return true;
  }

  private void push(int frame) throws JsonException {
    if (depth >= limits.maxDepth()) {
      throw fault("nested deeper than " + limits.maxDepth() + " levels");
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
    if (atEnd()) {
      throw fault("the document ends too early");
    }
    return bytes[pos];
  }

  private void expectColon() throws JsonException {
    if (peek() != ':') {
      throw fault("expected ':' after a member name");
    }
    pos++;
  }

  private void scalar() throws JsonException {
    byte c = bytes[pos];
    if (c == '"') {
      string();
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      number();
    } else if (c == 't' || c == 'f' || c == 'n') {
      literal();
    } else {
      throw fault("unexpected " + describe(c) + " where a value should be");
    }
  }

  private void literal() throws JsonException {
    int to = JsonScan.literalEnd(bytes, pos, end);
    if (to < 0) {
      throw fault("unknown word, expected true, false or null");
    }
    pos = to;
  }

  private void number() throws JsonException {
    int to = JsonScan.numberEnd(bytes, pos, end);
    if (to < 0) {
      throw faultAt(~to, "a digit is missing in a number");
    }
    pos = to;
  }

  private void string() throws JsonException {
    int to = JsonScan.stringEnd(bytes, pos + 1, end);
    if (to < 0) {
      throw faultAt(~to, stringProblem(~to));
    }
    pos = to;
  }

  private String stringProblem(int at) {
    if (at + 1 >= end) {
      return "a string has no end";
    }
    if (bytes[at] != '\\') {
      return "a control character stands unescaped in a string";
    }
    return bytes[at + 1] == 'u'
        ? "\\u must be followed by four hexadecimal digits"
        : "unknown escape in a string";
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String numberText(int from) {
    return pos - from <= 64 ? text(from, pos) : text(from, from + 64) + "...";
  }

  private JsonException mismatch(String expected) {
    return fault("must be " + expected + ", found " + describe(bytes[pos]));
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

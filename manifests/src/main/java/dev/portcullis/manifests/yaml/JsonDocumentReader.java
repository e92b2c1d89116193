package dev.portcullis.manifests.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a JSON source (RFC 8259) one by one; several may follow each other, as in a
 * stream.
 *
 * <p>Keys may repeat: the tree holds them all.
 */
public final class JsonDocumentReader {
  private final SourceText source;
  private final String text;
  private final YamlLimits limits;
  private int at;
  private int index;
  private int nodes;

  /** A reader of a whole source. */
  public JsonDocumentReader(SourceText source, YamlLimits limits) {
    this.source = source;
    this.text = source.text();
    this.limits = limits;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /**
   * {@return whether a source looks like JSON: its first character that is no blank is an opening
   * bracket}
   */
  public static boolean looksLikeJson(SourceText source) {
    JsonDocumentReader reader = new JsonDocumentReader(source, YamlLimits.DEFAULT);
    reader.skipBlanks();
    return reader.at < reader.text.length() && "{[".indexOf(reader.text.charAt(reader.at)) >= 0;
  }

  /**
   * {@return the next value, or null at the end}
   *
   * @throws YamlException if it is no JSON or too large
   */
  public @Nullable Document next() throws YamlException {
    skipBlanks();
    if (at == text.length()) {
      return null;
    }
    nodes = 0;
    return new Document(index++, value(0));
  }

  private Node value(int depth) throws YamlException {
    if (depth >= limits.maxDepth()) {
      throw problem("nested deeper than " + limits.maxDepth() + " levels");
    }
    count();
    if (at == text.length()) {
      throw problem("unexpected end of JSON input");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Node object(int depth) throws YamlException {
    int start = at++;
    List<Entry> entries = new ArrayList<>();
    skipBlanks();
    if (!accept('}')) {
      do {
        skipBlanks();
        if (at == text.length() || text.charAt(at) != '"') {
          throw unexpected("looking for beginning of object key string");
        }
        count();
        Node key = string();
        skipBlanks();
        if (!accept(':')) {
          throw unexpected("after object key");
        }
        skipBlanks();
        entries.add(new Entry(key, value(depth + 1)));
        skipBlanks();
      } while (accept(','));
      if (!accept('}')) {
        throw unexpected("after object key:value pair");
      }
    }
    return new Mapping(start, at, null, Layout.JSON, entries);
  }

  private Node array(int depth) throws YamlException {
    int start = at++;
    List<Node> items = new ArrayList<>();
    skipBlanks();
    if (!accept(']')) {
      do {
        skipBlanks();
        items.add(value(depth + 1));
        skipBlanks();
      } while (accept(','));
      if (!accept(']')) {
        throw unexpected("after array element");
      }
    }
    return new Sequence(start, at, null, Layout.JSON, items);
  }

  private Node literal(String word, @Nullable Object value) throws YamlException {
    if (!text.startsWith(word, at)) {
      throw problem("invalid literal, expected " + word);
    }
    int start = at;
    at += word.length();
    return new Scalar(start, at, null, Style.JSON, word, value, false);
  }

  private Node number() throws YamlException {
    int start = at;
    accept('-');
    if (!accept('0') && digits() == 0) {
      throw unexpected("looking for beginning of value");
    }
    boolean integer = true;
    if (accept('.')) {
      integer = false;
      if (digits() == 0) {
        throw unexpected("after decimal point in numeric literal");
      }
    }
    if (accept('e') || accept('E')) {
      integer = false;
      if (!accept('+')) {
        accept('-');
      }
      if (digits() == 0) {
        throw unexpected("in exponent of numeric literal");
      }
    }
    String digits = text.substring(start, at);
    Object value =
        integer && digits.length() < 400
            ? narrowest(new BigInteger(digits))
            : (Object) Double.valueOf(digits);
    return new Scalar(start, at, null, Style.JSON, digits, value, false);
  }

  private static Object narrowest(BigInteger value) {
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private int digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - start;
  }

  private Node string() throws YamlException {
    int start = at++;
    int from = at;
    StringBuilder unescaped = null;
    while (true) {
      if (at == text.length()) {
        throw problem("unexpected end of JSON input");
      }
      char c = text.charAt(at);
      if (c == '"') {
        break;
      }
      if (c < 0x20) {
        throw unexpected("in string literal");
      }
      at++;
      if (c == '\\') {
        unescaped = unescaped == null ? new StringBuilder() : unescaped;
        unescaped.append(text, from, at - 1).append(escape());
        from = at;
      }
    }
    String value =
        unescaped == null ? text.substring(from, at) : unescaped.append(text, from, at).toString();
    at++;
    return new Scalar(start, at, null, Style.DOUBLE_QUOTED, value, value, false);
  }

  private char escape() throws YamlException {
    if (at == text.length()) {
      throw problem("unexpected end of JSON input");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> {
        at--;
        throw unexpected("in string escape code");
      }
    };
  }

  private char hexadecimal() throws YamlException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit =
          at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw unexpected("in \\u hexadecimal character escape");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private boolean accept(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void count() throws YamlException {
    if (++nodes > limits.maxNodes()) {
      throw problem("document holds more than " + limits.maxNodes() + " nodes");
    }
  }

  private YamlException unexpected(String where) {
    if (at == text.length()) {
      return problem("unexpected end of JSON input");
    }
    return problem("invalid character '" + Character.toString(text.codePointAt(at)) + "' " + where);
  }

  private YamlException problem(String problem) {
    return new YamlException(problem, problem, source.position(at));
  }
}

package dev.portcullis.manifests.yaml;

/**
 * The scanner's place in a source, with the classes of characters that YAML knows.
 *
 * <p>A source ends in NUL, which YAML allows nowhere; so does one cut short at a character that is
 * not allowed.
 */
final class TextCursor {
  private static final int LOOK_AHEAD = 8;
  private static final boolean[] ORDINARY = new boolean[0x80];

  static {
    for (char c = '!'; c < 0x7F; c++) {
      ORDINARY[c] = ":,?[]{}\"'\\".indexOf(c) < 0;
    }
  }

  private final SourceText source;
  private final char[] chars;
  private final int end;
  private final int base;
  private int lineStart;
  int at;
  int line;

  TextCursor(SourceText source, int from) {
    String text = source.text();
    this.source = source;
    this.base = from;
    this.end = firstForbidden(text, from);
    this.chars = new char[end - from + LOOK_AHEAD];
    text.getChars(from, end, chars, 0);
    if (from == 0 && text.startsWith("\uFEFF")) {
      at = 1;
      lineStart = 1;
    }
  }

  private static int firstForbidden(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        continue;
      }
      boolean allowed =
          c == '\n' || c == '\r' || c == '\t' || c == 0x85 || (c >= 0xA0 && c < 0xFFFE);
      if (!allowed) {
        return i;
      }
    }
    return text.length();
  }

  char peek() {
    return chars[at];
  }

  /** {@return a character ahead; at most seven} */
  char peek(int ahead) {
    return chars[at + ahead];
  }

  void skip() {
    at++;
  }

  /** Skips letters, digits and the like, which mean nothing to YAML inside a scalar. */
  void skipOrdinary() {
    int i = at;
    while (chars[i] < 0x80 && ORDINARY[chars[i]]) {
      i++;
    }
    at = i;
  }

  int column() {
    return at - lineStart;
  }

  /** {@return the offset into the source} */
  int offset() {
    return base + at;
  }

  /** {@return the offset into the source of another place} */
  int offset(int place) {
    return base + place;
  }

  /** Treats what follows as the start of a new line, as the end of a source is. */
  void forceNewLine() {
    if (column() != 0) {
      lineStart = at;
      line++;
    }
  }

  boolean atEnd() {
    return peek() == 0;
  }

  boolean isBlank() {
    return isBlank(peek());
  }

  boolean isBreak() {
    return isBreak(peek());
  }

  /** {@return whether a blank, a line break or the end is this many characters ahead} */
  boolean isBlankBreakOrEnd(int ahead) {
    char c = peek(ahead);
    return c == ' ' || c == 0 || c == '\t' || isBreak(c);
  }

  boolean isBreakOrEnd() {
    return peek() == 0 || isBreak();
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static boolean isBreak(char c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /** {@return whether a line starts here with three dashes or dots that end or begin a document} */
  boolean atDocumentIndicator() {
    char c = peek();
    return (c == '-' || c == '.')
        && column() == 0
        && peek(1) == c
        && peek(2) == c
        && isBlankBreakOrEnd(3);
  }

  /**
   * Skips a line break. {@return it as YAML reads it: a line feed, but for the two separators of
   * Unicode}
   */
  char readBreak() {
    char c = peek();
    at += c == '\r' && peek(1) == '\n' ? 2 : 1;
    line++;
    lineStart = at;
    return c == 0x2028 || c == 0x2029 ? c : '\n';
  }

  void skipBlanks() {
    while (isBlank()) {
      at++;
    }
  }

  void skipComment() {
    if (peek() == '#') {
      while (!isBreakOrEnd()) {
        at++;
      }
    }
  }

  String text(int from, int to) {
    return new String(chars, from, to - from);
  }

  void append(StringBuilder out, int from, int to) {
    out.append(chars, from, to - from);
  }

  /** {@return the scanner's problem at the cursor} */
  YamlException problem(String problem) {
    return problem(problem, line == 0 ? 0 : line + 1, offset());
  }

  /** {@return the parser's problem at a token} */
  YamlException problem(String problem, Token token) {
    return problem(problem, token.line(), token.start());
  }

  private YamlException problem(String problem, int line, int offset) {
    if (offset >= end && isCut()) {
      return forbidden();
    }
    String words = "yaml: " + (line == 0 ? "" : "line " + line + ": ") + problem;
    return new YamlException(words, problem, source.position(offset));
  }

  /** {@return whether the text ends early, at a character that YAML does not allow} */
  boolean isCut() {
    return end < source.text().length();
  }

  YamlException forbidden() {
    return YamlException.of("control characters are not allowed", source.position(end));
  }
}

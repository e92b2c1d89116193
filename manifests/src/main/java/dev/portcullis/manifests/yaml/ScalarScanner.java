package dev.portcullis.manifests.yaml;

/** Scans the five styles of scalars. A scalar on one line is copied from the text unchanged. */
final class ScalarScanner {
  private final TextCursor in;
  private final LineBreaks breaks = new LineBreaks();

  ScalarScanner(TextCursor in) {
    this.in = in;
  }

  /**
   * {@return a scalar without quotes}
   *
   * @param indent the column that its later lines must reach
   */
  Token plain(int indent, boolean inFlow) throws YamlException {
    int start = in.offset();
    int line = in.line;
    int segment = in.at;
    int end = in.at;
    StringBuilder joined = null;
    breaks.clear();
    while (!in.atDocumentIndicator() && in.peek() != '#') {
      while (!in.isBlankBreakOrEnd(0) && !endsPlain(inFlow)) {
        if (breaks.any()) {
          joined = joined == null ? new StringBuilder() : joined;
          in.append(joined, segment, end);
          breaks.foldInto(joined);
          segment = in.at;
        }
        in.skip();
        in.skipOrdinary();
        end = in.at;
      }
      if (!in.isBlank() && !in.isBreak()) {
        break;
      }
      skipBlanksAndBreaks(indent);
      if (!inFlow && in.column() < indent) {
        break;
      }
    }
    String text;
    if (joined == null) {
      text = in.text(segment, end);
    } else {
      in.append(joined, segment, end);
      text = joined.toString();
    }
    return Token.scalar(start, in.offset(end), line, text, Style.PLAIN);
  }

  /** {@return whether the plain scalar that was just read is followed by a line break} */
  boolean endedLine() {
    return breaks.any();
  }

  private boolean endsPlain(boolean inFlow) {
    return switch (in.peek()) {
      case ':' -> in.isBlankBreakOrEnd(1);
      case ',', '?', '[', ']', '{', '}' -> inFlow;
      default -> false;
    };
  }

  private void skipBlanksAndBreaks(int indent) throws YamlException {
    while (true) {
      if (in.isBreak()) {
        breaks.add(in.readBreak());
      } else if (!in.isBlank()) {
        return;
      } else if (breaks.any() && in.peek() == '\t' && in.column() < indent) {
        throw in.problem("found a tab character that violates indentation");
      } else {
        in.skip();
      }
    }
  }

  /** {@return a scalar in single or double quotes} */
  Token quoted() throws YamlException {
    int start = in.offset();
    int line = in.line;
    char quote = in.peek();
    in.skip();
    int segment = in.at;
    StringBuilder joined = null;
    while (true) {
      if (in.atDocumentIndicator()) {
        throw in.problem("found unexpected document indicator");
      }
      if (in.atEnd()) {
        throw in.problem("found unexpected end of stream");
      }
      breaks.clear();
      while (!in.isBlankBreakOrEnd(0) && !isSpecial(quote)) {
        in.skip();
        in.skipOrdinary();
      }
      if (isEscape(quote)) {
        joined = joined == null ? new StringBuilder() : joined;
        in.append(joined, segment, in.at);
        readEscape(quote, joined);
        segment = in.at;
        if (!breaks.any()) {
          continue;
        }
      } else if (in.peek() == quote) {
        break;
      }
      int blanks = in.at;
      skipBlanksAndBreaks(0);
      if (breaks.any()) {
        joined = joined == null ? new StringBuilder() : joined;
        in.append(joined, segment, blanks);
        breaks.foldInto(joined);
        segment = in.at;
      }
    }
    String text = in.text(segment, in.at);
    in.skip();
    Style style = quote == '"' ? Style.DOUBLE_QUOTED : Style.SINGLE_QUOTED;
    return Token.scalar(
        start, in.offset(), line, joined == null ? text : joined.append(text).toString(), style);
  }

  private boolean isSpecial(char quote) {
    return in.peek() == quote || (quote == '"' && in.peek() == '\\');
  }

  private boolean isEscape(char quote) {
    return quote == '"' ? in.peek() == '\\' : in.peek() == '\'' && in.peek(1) == '\'';
  }

  private void readEscape(char quote, StringBuilder out) throws YamlException {
    if (quote == '\'') {
      out.append('\'');
      in.at += 2;
    } else if (TextCursor.isBreak(in.peek(1))) {
      in.skip();
      in.readBreak();
      breaks.addEscaped();
    } else {
      readBackslash(out);
    }
  }

  private void readBackslash(StringBuilder out) throws YamlException {
    char c = in.peek(1);
    int length = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (length > 0) {
      in.at += 2;
      out.appendCodePoint(hexadecimal(length));
      return;
    }
    char meant =
        switch (c) {
          case '0' -> '\0';
          case 'a' -> 0x07;
          case 'b' -> '\b';
          case 't', '\t' -> '\t';
          case 'n' -> '\n';
          case 'v' -> 0x0B;
          case 'f' -> '\f';
          case 'r' -> '\r';
          case 'e' -> 0x1B;
          case ' ', '"', '\'', '\\' -> c;
          case 'N' -> 0x85;
          case '_' -> 0xA0;
          case 'L' -> 0x2028;
          case 'P' -> 0x2029;
          default -> throw in.problem("found unknown escape character");
        };
    in.at += 2;
    out.append(meant);
  }

  private int hexadecimal(int length) throws YamlException {
    long value = 0;
    for (int i = 0; i < length; i++) {
      // One after the other: the text may end before the last.
      int digit = in.peek(i) < 0x80 ? Character.digit(in.peek(i), 16) : -1;
      if (digit < 0) {
        // The library misspells it.
        throw in.problem("did not find expected hexdecimal number");
      }
      value = value << 4 | digit;
    }
    if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
      throw in.problem("found invalid Unicode character escape code");
    }
    in.at += length;
    return (int) value;
  }

  /**
   * {@return a literal or folded scalar}
   *
   * @param parentIndent the column of the collection that it is in, or -1
   */
  Token block(int parentIndent) throws YamlException {
    int start = in.offset();
    int line = in.line;
    Style style = in.peek() == '|' ? Style.LITERAL : Style.FOLDED;
    in.skip();
    int chomping = chomping();
    int indent = blockIndent(parentIndent);
    chomping = chomping == 0 ? chomping() : chomping;
    int end = in.offset();
    in.skipBlanks();
    in.skipComment();
    if (!in.isBreakOrEnd()) {
      throw in.problem("did not find expected comment or line break");
    }
    if (in.isBreak()) {
      in.readBreak();
    }
    StringBuilder text = new StringBuilder();
    breaks.clear();
    boolean afterBlank = false;
    indent = skipToContent(indent, parentIndent);
    while (in.column() == indent && !in.atEnd()) {
      boolean blank = in.isBlank();
      breaks.joinInto(text, style == Style.FOLDED && !afterBlank && !blank);
      afterBlank = blank;
      int from = in.at;
      while (!in.isBreakOrEnd()) {
        in.skip();
      }
      in.append(text, from, in.at);
      end = in.offset();
      breaks.clear();
      if (in.isBreak()) {
        breaks.add(in.readBreak());
      }
      indent = skipToContent(indent, parentIndent);
    }
    breaks.chompInto(text, chomping);
    return Token.scalar(start, end, line, text.toString(), style);
  }

  /** {@return 1 to keep, -1 to strip, 0 to clip the line breaks at the end} */
  private int chomping() {
    char c = in.peek();
    if (c != '+' && c != '-') {
      return 0;
    }
    in.skip();
    return c == '+' ? 1 : -1;
  }

  private int blockIndent(int parentIndent) throws YamlException {
    char c = in.peek();
    if (c == '0') {
      throw in.problem("found an indentation indicator equal to 0");
    }
    if (c < '1' || c > '9') {
      return 0;
    }
    in.skip();
    return Math.max(parentIndent, 0) + c - '0';
  }

  /** Skips indentation and empty lines. {@return the indentation, found here if it is 0 so far} */
  private int skipToContent(int indent, int parentIndent) throws YamlException {
    int deepest = 0;
    while (true) {
      while (in.peek() == ' ' && (indent == 0 || in.column() < indent)) {
        in.skip();
      }
      deepest = Math.max(deepest, in.column());
      if (in.peek() == '\t' && (indent == 0 || in.column() < indent)) {
        throw in.problem("found a tab character where an indentation space is expected");
      }
      if (!in.isBreak()) {
        return indent != 0 ? indent : Math.max(deepest, Math.max(parentIndent + 1, 1));
      }
      breaks.addEmptyLine(in.readBreak());
    }
  }
}

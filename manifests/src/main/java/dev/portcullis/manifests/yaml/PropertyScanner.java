package dev.portcullis.manifests.yaml;

import dev.portcullis.manifests.yaml.Token.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Scans anchors, aliases, tags and directives. */
final class PropertyScanner {
  private static final String URI_PUNCTUATION = ";/?:@&=+$,.!~*'()[]%";

  private final TextCursor in;

  PropertyScanner(TextCursor in) {
    this.in = in;
  }

  /** {@return an anchor or alias} */
  Token name(Kind kind) throws YamlException {
    int start = in.offset();
    in.skip();
    String name = word();
    if (name.isEmpty() || !(in.isBlankBreakOrEnd(0) || "?:,]}%@`".indexOf(in.peek()) >= 0)) {
      throw in.problem("did not find expected alphabetic or numeric character");
    }
    return Token.named(kind, start, in.offset(), in.line, name);
  }

  /** {@return a tag} */
  Token tag() throws YamlException {
    int start = in.offset();
    String handle = "";
    String suffix;
    if (in.peek(1) == '<') {
      in.at += 2;
      suffix = uri("");
      if (in.peek() != '>') {
        throw in.problem("did not find the expected '>'");
      }
      in.skip();
    } else {
      handle = handle(false);
      if (handle.length() > 1 && handle.endsWith("!")) {
        suffix = uri("");
      } else {
        suffix = uri(handle);
        // A lone exclamation mark is a tag.
        handle = suffix.isEmpty() ? "" : "!";
        suffix = suffix.isEmpty() ? "!" : suffix;
      }
    }
    if (!in.isBlankBreakOrEnd(0)) {
      throw in.problem("did not find expected whitespace or line break");
    }
    return new Token(Kind.TAG, start, in.offset(), in.line, suffix, handle, null);
  }

  /** {@return a directive with the line that it is on} */
  Token directive() throws YamlException {
    int start = in.offset();
    int line = in.line;
    in.skip();
    String name = word();
    if (name.isEmpty()) {
      throw in.problem("could not find expected directive name");
    }
    if (!in.isBlankBreakOrEnd(0)) {
      throw in.problem("found unexpected non-alphabetical character");
    }
    Token token =
        switch (name) {
          case "YAML" -> Token.named(Kind.VERSION_DIRECTIVE, start, in.offset(), line, version());
          case "TAG" -> tagDirective(start, line);
          default -> throw in.problem("found unknown directive name");
        };
    in.skipBlanks();
    in.skipComment();
    if (!in.isBreakOrEnd()) {
      throw in.problem("did not find expected comment or line break");
    }
    if (in.isBreak()) {
      in.readBreak();
    }
    return token;
  }

  private String version() throws YamlException {
    in.skipBlanks();
    int major = versionNumber();
    if (in.peek() != '.') {
      throw in.problem("did not find expected digit or '.' character");
    }
    in.skip();
    return major + "." + versionNumber();
  }

  private int versionNumber() throws YamlException {
    int value = 0;
    int length = 0;
    for (char c = in.peek(); c >= '0' && c <= '9'; c = in.peek()) {
      if (++length > 2) {
        throw in.problem("found extremely long version number");
      }
      value = value * 10 + c - '0';
      in.skip();
    }
    if (length == 0) {
      throw in.problem("did not find expected version number");
    }
    return value;
  }

  private Token tagDirective(int start, int line) throws YamlException {
    in.skipBlanks();
    String handle = handle(true);
    if (!in.isBlank()) {
      throw in.problem("did not find expected whitespace");
    }
    in.skipBlanks();
    String prefix = uri("");
    if (!in.isBlankBreakOrEnd(0)) {
      throw in.problem("did not find expected whitespace or line break");
    }
    return new Token(Kind.TAG_DIRECTIVE, start, in.offset(), line, prefix, handle, null);
  }

  private String word() {
    int from = in.at;
    while (TextCursor.isWord(in.peek())) {
      in.skip();
    }
    return in.text(from, in.at);
  }

  /**
   * {@return {@code !}, {@code !!} or {@code !name!}; or {@code !name}, which is no handle but
   * starts a tag}
   */
  private String handle(boolean inDirective) throws YamlException {
    if (in.peek() != '!') {
      throw in.problem("did not find expected '!'");
    }
    in.skip();
    String name = word();
    if (in.peek() == '!') {
      in.skip();
      return "!" + name + "!";
    }
    if (inDirective && !name.isEmpty()) {
      throw in.problem("did not find expected '!'");
    }
    return "!" + name;
  }

  /**
   * {@return a URI, its escapes decoded; {@code head} is what was read of it already, with an
   * exclamation mark before}
   */
  private String uri(String head) throws YamlException {
    StringBuilder uri = new StringBuilder(head.isEmpty() ? "" : head.substring(1));
    boolean any = !head.isEmpty();
    for (char c = in.peek();
        TextCursor.isWord(c) || (c != 0 && URI_PUNCTUATION.indexOf(c) >= 0);
        c = in.peek()) {
      if (c == '%') {
        uri.append(escapedCharacter());
      } else {
        uri.append(c);
        in.skip();
      }
      any = true;
    }
    if (!any) {
      throw in.problem("did not find expected tag URI");
    }
    return uri.toString();
  }

  private String escapedCharacter() throws YamlException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(4);
    int missing = 1;
    while (missing > 0) {
      int high = in.peek() == '%' ? hexDigit(in.peek(1)) : -1;
      int low = high < 0 ? -1 : hexDigit(in.peek(2));
      if (low < 0) {
        throw in.problem("did not find URI escaped octet");
      }
      int octet = high << 4 | low;
      if (octets.size() == 0) {
        missing =
            octet < 0x80
                ? 1
                : octet < 0xC0 ? 0 : octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : octet < 0xF8 ? 4 : 0;
        if (missing == 0) {
          throw in.problem("found an incorrect leading UTF-8 octet");
        }
      } else if ((octet & 0xC0) != 0x80) {
        throw in.problem("found an incorrect trailing UTF-8 octet");
      }
      octets.write(octet);
      in.at += 3;
      missing--;
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}

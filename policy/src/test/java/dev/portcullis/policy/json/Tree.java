package dev.portcullis.policy.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** A JSON document as a tree, read by Jackson: every member is kept, repeated ones too. */
public sealed interface Tree {
  /** An object. */
  record Obj(List<Member> members) implements Tree {}

  /** A member of an object. */
  record Member(String name, Tree value) {}

  /** A list. */
  record Arr(List<Tree> elements) implements Tree {}

  /** A string. */
  record Str(String text) implements Tree {}

  /** A number as it was spelled. */
  record Num(String text) implements Tree {}

  /** True or false. */
  record Bool(boolean value) implements Tree {}

  /** Null. */
  record Null() implements Tree {}

  /**
   * {@return the document, or null when it is not JSON} Bytes that are not UTF-8 and escapes of
   * unpaired surrogates count as U+FFFD.
   */
  static Tree parse(byte[] bytes) {
    String text = Parser.paired(new String(bytes, StandardCharsets.UTF_8));
    if (text.startsWith("\uFEFF")) {
      return null; // Jackson skips a byte order mark.
    }
    try (JsonParser in = Parser.FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() == null) {
        return null;
      }
      Tree tree = Parser.value(in);
      return in.nextToken() == null ? tree : null;
    } catch (StreamReadException notJson) {
      return null;
    }
  }

  /** Jackson's tokens to nodes. */
  final class Parser {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(10_000_000)
                    .maxNameLength(10_000_000)
                    .maxStringLength(10_000_000)
                    .build())
            .build();

    private static final Pattern ESCAPE =
        Pattern.compile(
            "\\\\(?:u(?<high>[dD][89abAB]\\p{XDigit}{2})(?<low>\\\\u[dD][c-fC-F]\\p{XDigit}{2})?"
                + "|u(?<lone>[dD][c-fC-F]\\p{XDigit}{2})|.)",
            Pattern.DOTALL);

    private Parser() {}

    /** Jackson refuses an unpaired surrogate in a name; Go and the cursor replace it. */
    private static String paired(String text) {
      return ESCAPE
          .matcher(text)
          .replaceAll(found -> {
            boolean unpaired =
                found.group("lone") != null
                    || (found.group("high") != null && found.group("low") == null);
            return Matcher.quoteReplacement(unpaired ? "\\ufffd" : found.group());
          });
    }

    private static Tree value(JsonParser in) {
      return switch (in.currentToken()) {
        case START_OBJECT -> {
          var members = new ArrayList<Member>();
          for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            members.add(new Member(name, value(in)));
          }
          yield new Obj(members);
        }
        case START_ARRAY -> {
          var elements = new ArrayList<Tree>();
          while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(in));
          }
          yield new Arr(elements);
        }
        case VALUE_STRING -> new Str(in.getString());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(in.getString());
        case VALUE_TRUE -> new Bool(true);
        case VALUE_FALSE -> new Bool(false);
        case VALUE_NULL -> new Null();
        default -> throw new AssertionError(in.currentToken());
      };
    }
  }
}

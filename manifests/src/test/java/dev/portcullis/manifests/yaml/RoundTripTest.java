package dev.portcullis.manifests.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Trees of any shape, written as YAML in any style, mean what they meant; and any text at all gives
 * a tree or an error.
 */
class RoundTripTest {
  private static final String NAMES = "abcdefghijklmnopqrstuvwxyz";
  private static final List<String> STRINGS =
      List.of(
          "", "yes", "0x10", "null", "~", "a: b", "- a", "# a", " a", "a ", "a\nb", "\n", "a\n",
          "a\n\n", "{", "é😀", "it's", "\"", "\\", "\t", "<<", "*a", "1.0", "a #b", "a:", ":a", "?",
          "---", "kab cd", "\u2028x", "\u0007");
  private static final List<String> CHARACTERS =
      "ab: #-\n'\"\\{}[],&*!|>%@`ék".chars().mapToObj(Character::toString).toList();
  private static final List<String> PARTS =
      List.of(
          "a", "b", ":", ": ", "- ", "?", "? ", " ", "  ", "\n", "\n  ", "\t", "[", "]", "{", "}",
          ",", "&a ", "*a", "!", "!!int ", "|", ">", "'", "\"", "#", " #", "%", "---", "\n---\n",
          "...", "\r\n", "\uFEFF", "\u2028", "😀", "\u0000", "<<: ", "@");

  @Test
  void readsBackWhatAnyStyleSays() {
    Property.check(2000, RoundTripTest::readBackWhatAnyStyleSays);
  }

  private static void readBackWhatAnyStyleSays(SplittableRandom random) throws YamlException {
    Object tree = tree(random, 4);
    StringBuilder text = new StringBuilder();
    new Writer(text, random).document(tree);
    SourceText source = SourceText.of(text.toString());
    Document document = new DocumentReader(source, YamlLimits.DEFAULT).next();
    assertThat(new String(NodeJson.sortedBytes(document.root(), source), UTF_8))
        .as(text.toString())
        .isEqualTo(json(tree));
    assertPositions(document.root(), source);
  }

  @Test
  void readsItsOwnJsonAsYamlAndAsJson() {
    Property.check(2000, random -> readAsYamlAndAsJson(json(tree(random, 4))));
  }

  private static void readAsYamlAndAsJson(String json) throws YamlException {
    assertThat(new String(YamlToJson.convert(json.getBytes(UTF_8)), UTF_8)).isEqualTo(json);
    SourceText source = SourceText.of(json);
    Node root = new JsonDocumentReader(source, YamlLimits.DEFAULT).next().root();
    assertThat(new String(NodeJson.bytes(root, source), UTF_8)).isEqualTo(json);
    assertPositions(root, source);
  }

  @Test
  void givesATreeOrAnErrorForAnyText() {
    Property.check(5000, random -> readAny(Generate.joined(random, 30, PARTS)));
  }

  private static void readAny(String text) {
    SourceText source = SourceText.of(text);
    DocumentReader reader = new DocumentReader(source, new YamlLimits(1 << 20, 50, 10_000));
    boolean more = true;
    int documents = 0;
    while (more) {
      assertThat(documents++).isLessThan(1000);
      try {
        Document document = reader.next();
        more = document != null;
        if (document != null) {
          assertPositions(document.root(), source);
        }
      } catch (YamlException e) {
        assertThat(e.position().offset()).isBetween(0, text.length());
        more = reader.skipToNextDocument(e.position().offset());
      }
    }
  }

  private static void assertPositions(Node node, SourceText source) {
    assertThat(node.start()).isBetween(0, node.end());
    assertThat(node.end()).isLessThanOrEqualTo(source.text().length());
    switch (node) {
      case Mapping mapping -> {
        for (Entry entry : mapping.entries()) {
          assertInside(entry.key(), mapping, source);
          assertInside(entry.value(), mapping, source);
        }
      }
      case Sequence sequence ->
          sequence.items().forEach(item -> assertInside(item, sequence, source));
      case Scalar scalar -> assertPlainTextIsThere(scalar, source);
      case Alias alias ->
          assertThat(source.text().substring(alias.start(), alias.end()))
              .isEqualTo("*" + alias.name());
    }
  }

  private static void assertInside(Node child, Node parent, SourceText source) {
    assertThat(child.start()).isGreaterThanOrEqualTo(parent.start());
    assertThat(child.end()).isLessThanOrEqualTo(parent.end());
    assertPositions(child, source);
  }

  private static void assertPlainTextIsThere(Scalar scalar, SourceText source) {
    String text = source.text().substring(scalar.start(), scalar.end());
    if (scalar.style() == Style.PLAIN
        && !text.contains("\n")
        && !text.startsWith("&")
        && !text.startsWith("!")) {
      boolean oneLine = text.chars().noneMatch(c -> TextCursor.isBreak((char) c));
      assertThat(!oneLine || text.equals(scalar.text())).as(text).isTrue();
    }
  }

  private static Object tree(SplittableRandom random, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 7);
    if (kind < 3) {
      return kind == 0
          ? (Object) random.nextInt(-99999, 99999)
          : kind == 1 ? (Object) random.nextBoolean() : string(random);
    }
    int size = random.nextInt(5);
    if (kind < 5) {
      return Stream.generate(() -> tree(random, depth - 1)).limit(size).toList();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(
          "k" + NAMES.charAt(random.nextInt(26)) + NAMES.charAt(random.nextInt(26)),
          tree(random, depth - 1));
    }
    return map;
  }

  private static String string(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return STRINGS.get(random.nextInt(STRINGS.size()));
    }
    return Generate.joined(random, 12, CHARACTERS);
  }

  private static String json(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        StringBuilder out = new StringBuilder("{");
        new TreeMap<>(map)
            .forEach((key, value) ->
                out.append(out.length() > 1 ? "," : "")
                    .append(quote(key.toString()))
                    .append(':')
                    .append(json(value)));
        yield out.append('}').toString();
      }
      case List<?> list -> joined(list);
      case String string -> quote(string);
      case null -> "null";
      default -> tree.toString();
    };
  }

  private static String joined(List<?> list) {
    StringBuilder out = new StringBuilder("[");
    for (Object item : list) {
      out.append(out.length() > 1 ? "," : "").append(json(item));
    }
    return out.append(']').toString();
  }

  private static String quote(String text) {
    JsonOutput out = new JsonOutput(1 << 20);
    out.string(text);
    return new String(out.toByteArray(), UTF_8);
  }

  /** Writes a tree, choosing among the styles that can hold it. */
  private static final class Writer {
    private final StringBuilder out;
    private final SplittableRandom random;
    private boolean inLiteral;

    Writer(StringBuilder out, SplittableRandom random) {
      this.out = out;
      this.random = random;
    }

    void document(Object tree) {
      if (random.nextInt(3) == 0) {
        out.append("# a comment\n---\n");
      }
      node(tree, 0, true);
      out.append('\n');
    }

    private void node(Object tree, int indent, boolean first) {
      boolean flow = random.nextInt(4) == 0;
      if (tree instanceof Map<?, ?> map && !map.isEmpty() && !flow) {
        entries(map, indent, first);
      } else if (tree instanceof List<?> list && !list.isEmpty() && !flow) {
        items(list, indent, first);
      } else {
        out.append(first && out.isEmpty() ? "" : " ");
        flow(tree, !flow && tree instanceof String, indent);
      }
    }

    private void entries(Map<?, ?> map, int indent, boolean first) {
      boolean inline = first;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        newLine(indent, inline);
        inline = false;
        out.append(entry.getKey()).append(random.nextInt(5) == 0 ? " :" : ":");
        boolean sameIndent = entry.getValue() instanceof List && random.nextBoolean();
        node(entry.getValue(), sameIndent ? indent : indent + 1 + random.nextInt(3), false);
      }
    }

    private void items(List<?> list, int indent, boolean first) {
      boolean inline = first;
      for (Object item : list) {
        newLine(indent, inline);
        inline = false;
        out.append('-');
        boolean collection = item instanceof Map || item instanceof List;
        if (collection && random.nextBoolean()) {
          out.append(' ');
          node(item, indent + 2, true);
        } else {
          node(item, indent + 1 + random.nextInt(3), false);
        }
      }
    }

    private void newLine(int indent, boolean inline) {
      if (inline) {
        return;
      }
      // Behind a block of text it would be a part of it.
      if (!inLiteral && random.nextInt(6) == 0) {
        out.append("  # note");
      }
      inLiteral = false;
      out.append(random.nextInt(5) == 0 ? "\n\n" : "\n").append(" ".repeat(indent));
    }

    private void flow(Object tree, boolean block, int indent) {
      switch (tree) {
        case Map<?, ?> map -> {
          out.append('{');
          String separator = "";
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator).append(entry.getKey()).append(": ");
            flow(entry.getValue(), false, indent);
            separator = random.nextBoolean() ? ", " : ",";
          }
          out.append('}');
        }
        case List<?> list -> {
          out.append('[');
          String separator = "";
          for (Object item : list) {
            out.append(separator);
            flow(item, false, indent);
            separator = ", ";
          }
          out.append(']');
        }
        case String string -> string(string, block, indent);
        default -> out.append(tree);
      }
    }

    private void string(String text, boolean block, int indent) {
      boolean printable = text.chars().allMatch(c -> c >= ' ' && c != 0x2028 && c != 0x7F);
      int style = random.nextInt(3);
      if (style == 0 && text.matches("k[a-z]+( [a-z]+)*")) {
        out.append(text);
      } else if (style == 1 && printable) {
        out.append('\'').append(text.replace("'", "''")).append('\'');
      } else if (block
          && style == 2
          && text.matches("[ab'\"\\\\{é][^\\t\\u2028\\u0007]*\\n")
          && !text.endsWith("\n\n")) {
        inLiteral = true;
        out.append("|\n")
            .append(
                (" ".repeat(indent + 1) + text.replace("\n", "\n" + " ".repeat(indent + 1)))
                    .stripTrailing());
      } else {
        out.append(quote(text));
      }
    }
  }
}

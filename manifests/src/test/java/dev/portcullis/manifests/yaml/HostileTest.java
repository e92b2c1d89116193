package dev.portcullis.manifests.yaml;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Input that wants too much, and input that is no text. */
class HostileTest {
  private static final YamlLimits SMALL = new YamlLimits(10_000, 20, 1_000);

  @Test
  void boundsTheSize() {
    assertProblem("a".repeat(10_001), "1:1 the source has 10001 bytes, more than 10000");
  }

  @Test
  void boundsTheDepth() {
    assertProblem("[".repeat(5_000), "1:21 nested deeper than 20 levels");
    assertProblem("{a: ".repeat(2_000), "1:78 nested deeper than 20 levels");
    assertProblem("- ".repeat(2_000), "1:41 nested deeper than 20 levels");
    assertProblem("? ".repeat(2_000), "1:41 nested deeper than 20 levels");
    assertThatThrownBy(() -> new JsonDocumentReader(SourceText.of("[".repeat(100)), SMALL).next())
        .hasMessage("nested deeper than 20 levels");
  }

  @Test
  void countsTheDepthOfAliases() {
    StringBuilder text = new StringBuilder("- &a0 x\n");
    for (int i = 1; i < 30; i++) {
      text.append("- &a").append(i).append(" [*a").append(i - 1).append("]\n");
    }
    assertProblem(text.toString(), "20:9 nested deeper than 20 levels");
  }

  @Test
  void boundsTheNumberOfNodes() {
    assertProblem("[" + "a,".repeat(2_000) + "]", "1:2000 document holds more than 1000 nodes");
  }

  @Test
  void boundsTheExpansionOfAliases() {
    StringBuilder text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c < 'k'; c++) {
      text.append(c).append(": &").append(c).append(" [");
      text.append(("*" + (char) (c - 1) + ",").repeat(9)).append("]\n");
    }
    assertProblem(text.toString(), "4:8 document contains excessive aliasing");
    String merges = "a: &a {x: 1}\n" + "b: {<<: [" + "*a,".repeat(500) + "]}\n";
    assertProblem(merges, "2:1000 document contains excessive aliasing");
  }

  @Test
  void boundsTheJsonOfLongTextsWithManyAliases() {
    assertTooLarge("- &a " + "x".repeat(100_000) + "\n" + "- *a\n".repeat(2_000));
    assertTooLarge("a: &a " + "x".repeat(2_900_000) + "\nb: [*a, *a, *a, *a, *a, *a, *a, *a]\n");
    assertTooLarge("a: &a \"" + "<".repeat(900_000) + "\"\nb: [*a, *a, *a, *a, *a]\n");
    assertTooLarge("? &a " + "k".repeat(500_000) + "\n: [{*a : 1}, {*a : 2}" + more(14) + "]\n");
    assertTooLarge("a: &a {b: " + "x".repeat(1_000_000) + "}\nc: [{<<: *a}" + merges(11) + "]\n");
  }

  @Test
  void aliasesOfWhatPeopleShareAreWrittenOut() throws YamlException {
    String shared = "x".repeat(10_000);
    String text = "a: &a " + shared + "\nb: [" + "*a, ".repeat(400) + "]\n";
    assertThat(YamlToJson.convert(text.getBytes(UTF_8)).length).isGreaterThan(4_000_000);
  }

  private static String more(int count) {
    return ", {*a : 3}".repeat(count);
  }

  private static String merges(int count) {
    return ", {<<: *a}".repeat(count);
  }

  /** Refused with no more written than the limit, whatever it would come to. */
  private static void assertTooLarge(String text) {
    assertThatThrownBy(() -> YamlToJson.convert(text.getBytes(UTF_8)))
        .isInstanceOf(YamlException.class)
        .hasMessage("document is too large when its aliases are written out");
  }

  @Test
  void survivesAnyDepthWithinTheLimits() throws YamlException {
    String text = "[".repeat(999) + "]".repeat(999);
    assertThat(YamlToJson.convert(text.getBytes(UTF_8))).isEqualTo(text.getBytes(UTF_8));
  }

  @Test
  void readsLongTextsInLinearTime() throws YamlException {
    String longLine = "x".repeat(3 << 20);
    String quoted = "a: \"" + "x\\n".repeat(1 << 20) + "\"\n";
    String manyLines = "a: |\n" + "  x\n".repeat(1 << 20);
    String manyKeys = keys(100_000);
    for (String text : new String[] {"a: " + longLine, quoted, manyLines, manyKeys}) {
      assertThat(YamlToJson.convert(text.getBytes(UTF_8)).length).isGreaterThan(text.length() / 2);
    }
  }

  private static String keys(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append('k').append(i).append(": {a: b}\n");
    }
    return text.toString();
  }

  @Test
  void refusesBrokenEncodings() {
    assertProblem(bytes('a', ':', ' ', 0xFF), "1:4 invalid leading UTF-8 octet");
    assertProblem(bytes('a', '\n', 'b', 0xC3, 'x'), "2:2 invalid trailing UTF-8 octet");
    assertProblem(bytes('a', 0xE2, 0x82), "1:2 incomplete UTF-8 octet sequence");
    assertProblem(bytes(0xC0, 0x80), "1:1 invalid length of a UTF-8 sequence");
    assertProblem(bytes(0xED, 0xA0, 0x80), "1:1 invalid Unicode character");
    assertProblem(bytes(0xFF, 0xFE, 'a'), "1:1 incomplete UTF-16 character");
  }

  @Test
  void refusesControlCharactersAndReadsWhatIsBefore() throws YamlException {
    assertProblem("a: b\u0000c", "1:5 control characters are not allowed");
    assertProblem("a: \"b\n \u007f\"", "2:2 control characters are not allowed");
    DocumentReader reader =
        new DocumentReader(SourceText.of("a\n---\nb\n---\n\u0001\n---\nc\n"), SMALL);
    assertThat(reader.next().root()).isInstanceOf(Scalar.class);
    assertThat(reader.next().root()).isInstanceOf(Scalar.class);
    assertThatThrownBy(reader::next).hasMessage("yaml: control characters are not allowed");
    assertThat(reader.failedIndex()).isEqualTo(2);
    assertThat(reader.skipToNextDocument(reader.failedStart() + 5)).isTrue();
    assertThat(reader.next()).extracting(Document::index).isEqualTo(3);
    assertThat(reader.next()).isNull();
  }

  @Test
  void readsOtherEncodingsAndLineEnds() throws YamlException {
    assertThat(json("\uFEFFa: é😀\r\nb:\r- c\r\n", UTF_8))
        .isEqualTo("{\"a\":\"é😀\",\"b\":[\"c\"]}");
    assertThat(json("\uFEFFa: é😀\n", UTF_16LE)).isEqualTo("{\"a\":\"é😀\"}");
    assertThat(json("a: \"\uFFFD\"\n", UTF_8)).isEqualTo("{\"a\":\"\uFFFD\"}");
  }

  private static String json(String text, Charset charset) throws YamlException {
    return new String(YamlToJson.convert(text.getBytes(charset)), UTF_8);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    Arrays.setAll(new int[values.length], i -> bytes[i] = (byte) values[i]);
    return bytes;
  }

  private static void assertProblem(String text, String expected) {
    assertProblem(text.getBytes(UTF_8), expected);
  }

  private static void assertProblem(byte[] text, String expected) {
    assertThatThrownBy(() -> new DocumentReader(SourceText.decode(text, SMALL), SMALL).next())
        .isInstanceOfSatisfying(
            YamlException.class,
            e -> assertThat(e.position() + " " + e.problem()).isEqualTo(expected));
  }
}

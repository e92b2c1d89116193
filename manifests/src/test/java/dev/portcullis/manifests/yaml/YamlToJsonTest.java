package dev.portcullis.manifests.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlToJsonTest {
  @Test
  void sortsKeysAndResolvesScalars() {
    assertThat(json("z: yes\na: [0777, 0x1f, '1', 1.0, ~]\n1: {b: off}\n"))
        .isEqualTo("{\"1\":{\"b\":false},\"a\":[511,31,\"1\",1,null],\"z\":true}");
  }

  @Test
  void convertsOnlyTheFirstDocument() {
    assertThat(json("# nothing\n---\na: 1\n---\nb: [\n")).isEqualTo("{\"a\":1}");
    assertThat(json("")).isEqualTo("null");
    assertThat(json("# nothing\n")).isEqualTo("null");
  }

  @Test
  void resolvesAnchorsAndMergesInTheOrderOfTheText() {
    assertThat(json("a: &l baseline\nb: *l\n"))
        .isEqualTo("{\"a\":\"baseline\",\"b\":\"baseline\"}");
    assertThat(
            json("p: &x {k: 1, l: 1}\nq: &y {k: 2}\nr: {<<: [*x, *y], l: 3}\ns: {k: 9, <<: *y}\n"))
        .isEqualTo(
            "{\"p\":{\"k\":1,\"l\":1},\"q\":{\"k\":2},\"r\":{\"k\":1,\"l\":3},\"s\":{\"k\":2}}");
  }

  @Test
  void escapesAsGoDoes() {
    assertThat(json("a: \"<\\n\\t\\\"\\\\\\e&>\\u2028é😀\"\n"))
        .isEqualTo("{\"a\":\"\\u003c\\n\\t\\\"\\\\\\u001b\\u0026\\u003e\\u2028é😀\"}");
  }

  @Test
  void takesTheLastOfRepeatedKeysUnlessStrict() {
    String text = "kind: a\ndefaults:\n  enforce: 1\n  enforce: 2\nkind:\n  b\n";
    assertThat(json(text)).isEqualTo("{\"defaults\":{\"enforce\":2},\"kind\":\"b\"}");
    assertThat(strict(text))
        .isEqualTo(
            """
            yaml: unmarshal errors:
              line 4: key "enforce" already set in map
              line 6: key "kind" already set in map\
            """);
  }

  @Test
  void wordsSyntaxErrorsAsKubectlDoes() {
    assertThat(strict("a: b\nc: d: e\n"))
        .isEqualTo("yaml: line 2: mapping values are not allowed in this context");
    assertThat(strict("a: 1\nb: 2\nc: {d: e\n"))
        .isEqualTo("yaml: line 3: did not find expected ',' or '}'");
    assertThat(strict("a: *b\n")).isEqualTo("yaml: unknown anchor 'b' referenced");
    assertThat(strict("a: &a [*a]\n")).isEqualTo("yaml: anchor 'a' value contains itself");
    assertThat(strict("a: !!int x\n")).isEqualTo("yaml: cannot decode !!str `x` as a !!int");
    assertThat(strict("a: .nan\n")).isEqualTo("json: unsupported value: NaN");
  }

  private static String json(String yaml) {
    try {
      return new String(YamlToJson.convert(yaml.getBytes(UTF_8)), UTF_8);
    } catch (YamlException e) {
      throw new AssertionError(yaml, e);
    }
  }

  private static String strict(String yaml) {
    try {
      return new String(YamlToJson.convertStrict(yaml.getBytes(UTF_8)), UTF_8);
    } catch (YamlException e) {
      return e.getMessage();
    }
  }
}

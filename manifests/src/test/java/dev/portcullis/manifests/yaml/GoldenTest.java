package dev.portcullis.manifests.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The answers of kubectl's YAML library; {@code src/test/oracle} writes the file. */
class GoldenTest {
  private interface Conversion {
    byte[] apply(byte[] yaml) throws YamlException;
  }

  @Test
  void givesTheJsonAndTheErrorsOfTheReference() throws Exception {
    List<String> differences = new ArrayList<>();
    int cases = 0;
    for (String line : lines()) {
      Mapping row =
          (Mapping) new JsonDocumentReader(SourceText.of(line), YamlLimits.DEFAULT).next().root();
      String yaml = text(row, "yaml");
      String json = text(row, "json");
      String error = text(row, "error");
      String strict = text(row, "strict");
      compare(yaml, json == null ? error : json, convert(YamlToJson::convert, yaml), differences);
      String strictAnswer = strict != null ? strict : json == null ? error : json;
      compare(yaml, strictAnswer, convert(YamlToJson::convertStrict, yaml), differences);
      cases++;
    }
    assertThat(differences).isEmpty();
    assertThat(cases).isGreaterThan(2000);
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("golden.jsonl")) {
      return List.of(new String(in.readAllBytes(), UTF_8).split("\n"));
    }
  }

  private static void compare(
      String yaml, @Nullable String expected, String found, List<String> differences) {
    if (!found.equals(expected)) {
      differences.add(yaml + "\n  expected " + expected + "\n  found    " + found);
    }
  }

  private static @Nullable String text(Mapping row, String key) {
    return row.get(key) instanceof Scalar scalar ? scalar.text() : null;
  }

  private static String convert(Conversion conversion, String yaml) {
    try {
      return new String(conversion.apply(yaml.getBytes(UTF_8)), UTF_8);
    } catch (YamlException e) {
      return e.getMessage();
    }
  }
}

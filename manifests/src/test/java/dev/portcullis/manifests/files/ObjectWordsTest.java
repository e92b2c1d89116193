package dev.portcullis.manifests.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectWordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\n  // comment\n  \"compilerOptions\": {\"strict\": true,},\n}",
        "a: b\n%YAML 2.0\n",
        "a: [1, 2\n",
        "\u0001\u0002 PNG",
        "key: value: more\n",
        "what kind of apiVersion is [this\n",
        "\tindented: by tabs\n"
      })
  void whatCannotHoldAnObjectIsSkipped(String text) {
    ManifestFile file = read("x.json", text);
    assertThat(file.errors()).isEmpty();
    assertThat(file.skipped()).isNotEmpty();
    assertThat(file.skipped().getFirst().reason()).startsWith("no Kubernetes object: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiVersion: v1\nkind: Pod\nspec: [\n",
        "{\"kind\": \"Pod\", \"apiVersion\" : \"v1\", \"spec\": {\"hostPID\": true",
        "{'apiVersion': v1, 'kind':Pod, spec: {",
        "a: [\n---\napiVersion: v1\nkind: ConfigMap\n"
      })
  void whatMayBeMeantAsAnObjectIsAnError(String text) {
    assertThat(read("x.yaml", text).errors()).hasSize(1);
    assertThat(read("x.yaml", text))
        .usingRecursiveComparison()
        .ignoringFields("source")
        .isEqualTo(new ManifestReader().read("x.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void otherEncodingsMayHoldAnything() {
    byte[] utf16 = "\uFEFF{ not closed".getBytes(StandardCharsets.UTF_16LE);
    assertThat(new ManifestReader().readInput("x.yaml", utf16).errors()).hasSize(1);
  }

  @Test
  void aKeyAcrossBlocksOfAFileIsFound(@TempDir Path folder) throws IOException {
    for (int before = 65_525; before < 65_545; before++) {
      Path file = folder.resolve("x.yaml");
      Files.writeString(file, "kind: Pod\n" + "#".repeat(before) + "\napiVersion : v1\n");
      assertThat(ObjectWords.areIn(file)).as("after " + before).isTrue();
    }
  }

  private static ManifestFile read(String name, String text) {
    return new ManifestReader().readInput(name, text.getBytes(StandardCharsets.UTF_8));
  }
}

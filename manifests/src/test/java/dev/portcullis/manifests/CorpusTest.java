package dev.portcullis.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.manifests.yaml.JsonDocumentReader;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.manifests.yaml.YamlLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real manifests, where they are at hand: every workload that the golden rows name is found, and no
 * other.
 */
class CorpusTest {
  private static final Path SHARED = Path.of("../../shared").toAbsolutePath().normalize();

  @ParameterizedTest
  @ValueSource(strings = {"kube-prometheus", "kubernetes-examples", "microservices-demo"})
  void findsTheWorkloadsOfTheGoldenRows(String name) throws Exception {
    Path golden = SHARED.resolve("conformance/corpus-" + name + ".golden.jsonl");
    Path corpus = SHARED.resolve("corpus").resolve(name);
    assumeTrue(Files.exists(golden), "needs the shared corpus");
    TreeSet<String> expected = new TreeSet<>();
    for (String line : Files.readAllLines(golden)) {
      expected.add(row(line));
    }
    TreeSet<String> found = new TreeSet<>();
    List<String> errors = new ArrayList<>();
    for (Path path : files(corpus)) {
      String file = corpus.relativize(path).toString();
      ManifestFile manifest = new ManifestReader().read(file, Files.readAllBytes(path));
      manifest.errors().forEach(error -> errors.add(file + ": " + error));
      for (Workload workload : manifest.workloads()) {
        found.add(
            row(file, workload.document(), workload.kind(), workload.namespace(), workload.name()));
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(errors).isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().matches(".*\\.(ya?ml|json)")).sorted().toList();
    }
  }

  private static String row(String line) throws Exception {
    Mapping row =
        (Mapping) new JsonDocumentReader(SourceText.of(line), YamlLimits.DEFAULT).next().root();
    return row(
        text(row, "file"),
        Integer.parseInt(text(row, "document")),
        text(row, "kind"),
        text(row, "namespace"),
        text(row, "name"));
  }

  private static @Nullable String text(Mapping row, String key) {
    Scalar scalar = (Scalar) row.get(key);
    return scalar.value() == null ? null : scalar.text();
  }

  private static String row(
      @Nullable String file,
      int document,
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable String name) {
    return file + "#" + document + " " + kind + " " + namespace + "/" + name;
  }
}

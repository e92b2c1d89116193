package dev.portcullis.manifests;

import dev.portcullis.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole folders of manifests: what is found in each file is what the golden file lists. */
class WholeFoldersTest {
  @ParameterizedTest
  @CsvSource({"corpus, src/test/resources/corpus", "examples, ../examples"})
  void findsEveryWorkloadAndNoOther(String name, Path folder) throws IOException {
    var found = new StringBuilder();
    for (Path path : files(folder)) {
      String file = folder.relativize(path).toString().replace('\\', '/');
      ManifestFile manifest = new ManifestReader().read(file, Files.readAllBytes(path));
      for (Workload workload : manifest.workloads()) {
        found.append(
            "%s:%d %s %s %s/%s\n"
                .formatted(
                    file,
                    workload.line(),
                    workload.apiVersion(),
                    workload.kind(),
                    workload.namespace(),
                    workload.name()));
      }
      manifest
          .namespaces()
          .forEach(namespace ->
              found
                  .append(file)
                  .append(": Namespace ")
                  .append(namespace.object().name())
                  .append('\n'));
      manifest
          .others()
          .forEach(
              other -> found.append(file).append(": other ").append(other.kind()).append('\n'));
      manifest
          .skipped()
          .forEach(skipped ->
              found.append(file).append(": skipped: ").append(skipped.reason()).append('\n'));
      manifest
          .errors()
          .forEach(
              error -> found.append(file).append(": error: ").append(error.message()).append('\n'));
    }
    Golden.assertMatches("manifests/" + name + ".txt", found.toString());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().matches(".*\\.(ya?ml|json)")).sorted().toList();
    }
  }
}

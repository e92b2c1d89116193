package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.manifests.files.SearchOptions;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.report.Origin;
import dev.portcullis.report.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as other projects publish them, against the reference's verdicts. */
class CorpusTest {
  private static final Path SHARED = Path.of("../../shared");

  @ParameterizedTest
  @ValueSource(strings = {"kube-prometheus", "kubernetes-examples", "microservices-demo"})
  void everyWorkloadHasTheReferencesVerdictAtEveryLevelAndVersion(String corpus) throws Exception {
    Path folder = SHARED.resolve("corpus").resolve(corpus);
    Path golden = SHARED.resolve("conformance/corpus-" + corpus + ".golden.jsonl");
    assumeTrue(Files.exists(folder) && Files.exists(golden), "the corpus is not here");
    for (var expected : expected(golden).entrySet()) {
      var inputs = Inputs.find(List.of(folder.toString()), SearchOptions.DEFAULT);
      var report =
          CheckRun.over(inputs, PolicyOptions.demanding(expected.getKey()), null, Progress.none())
              .report();
      // Workloads of API versions that no cluster serves any more.
      assertThat(report.errors())
          .allMatch(error -> error.message().contains("which clusters no longer serve"));
      var actual = new TreeMap<String, List<String>>();
      for (Result result : report.results()) {
        String file = folder.normalize().relativize(Path.of(result.file())).toString();
        String id =
            String.join(
                "|",
                file,
                "" + ((Origin.InFile) result.origin()).document(),
                result.kind(),
                "" + result.namespace(),
                result.name());
        var verdict = result.verdicts().getFirst();
        actual.put(id, List.of("" + verdict.allowed(), verdict.reason(), verdict.detail()));
      }
      expected
          .getValue()
          .forEach((id, verdict) -> {
            if (refusedAsUndecodable(verdict)) {
              // A field that nothing here reads has a wrong type: judged all the same, see
              // docs/deviations.md.
              actual.remove(id);
            }
          });
      expected.getValue().values().removeIf(CorpusTest::refusedAsUndecodable);
      assertThat(actual).as("%s", expected.getKey()).isEqualTo(expected.getValue());
    }
  }

  private static boolean refusedAsUndecodable(List<String> verdict) {
    return verdict.equals(List.of("false", "", ""));
  }

  private static Map<LevelVersion, Map<String, List<String>>> expected(Path golden)
      throws IOException, JsonException {
    var all = new LinkedHashMap<LevelVersion, Map<String, List<String>>>();
    for (String line : Files.readAllLines(golden)) {
      var row = members(line);
      var at = new LevelVersion(Level.parse(row.get("level")), Version.parse(row.get("version")));
      String id =
          String.join(
              "|",
              row.get("file"),
              row.get("document"),
              row.get("kind"),
              row.get("namespace"),
              row.get("name"));
      all.computeIfAbsent(at, pair -> new TreeMap<>())
          .put(
              id,
              new ArrayList<>(List.of(row.get("allowed"), row.get("reason"), row.get("detail"))));
    }
    return all;
  }

  private static Map<String, String> members(String object) throws JsonException {
    var json =
        new JsonCursor(JsonSlice.of(object.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    var all = new TreeMap<String, String>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      all.put(
          name,
          json.atString()
              ? json.readString()
              : new String(json.sliceValue().copy(), StandardCharsets.UTF_8));
    }
    return all;
  }
}

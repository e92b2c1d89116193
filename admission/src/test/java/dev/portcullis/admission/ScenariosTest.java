package dev.portcullis.admission;

import dev.portcullis.admission.config.ConfigurationLoader;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every branch and every text of admission: requests that say in their note what they are about.
 */
class ScenariosTest {
  private static final long TEN_SECONDS = 10_000_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"namespaces", "strict-defaults", "pods", "controllers"})
  void everyAnswerAndEveryCountIsAsBefore(String scenario) throws Exception {
    Path folder = Golden.file("admission").resolve(scenario);
    var cluster = new ManifestCluster(Files.readAllBytes(folder.resolve("cluster.yaml")));
    var configuration = ConfigurationLoader.load(Files.readAllBytes(folder.resolve("config.yaml")));
    var recorder = new CountingRecorder();
    var admission =
        new Admission(Evaluator.of(Checks.standard()), configuration, cluster, cluster, recorder);
    var answers = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("requests.jsonl"))) {
      var request = ReviewDecoder.decode(JsonSlice.of(line.getBytes(StandardCharsets.UTF_8)));
      var response = admission.review(request, Deadline.afterNanos(TEN_SECONDS));
      String note = (String) Json.at(Json.parse(line), "note");
      answers.append(note).append('\n');
      answers.append(new String(ReviewEncoder.encode(request, response), StandardCharsets.UTF_8));
    }
    Golden.check(folder.resolve("answers.txt"), answers.toString());
    Golden.check(folder.resolve("counts.txt"), recorder.series());
  }
}

package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.config.ConfigurationLoader;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole requests that the Go reference answered, and its counters after them. */
class RecordedAnswersTest {
  private static final Path RECORDINGS = Path.of("../conformance/recordings");
  private static final long TEN_SECONDS = 10_000_000_000L;

  static Stream<Path> recordings() throws IOException {
    Path admission = RECORDINGS.resolve("admission");
    try (var all = Files.list(admission)) {
      return all
          .filter(folder -> Files.exists(folder.resolve("requests.jsonl")))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyRecordedAnswerIsOurs(Path folder) throws Exception {
    var recorder = new CountingRecorder();
    var cluster = new ManifestCluster(Files.readAllBytes(folder.resolve("cluster.yaml")));
    var configuration = ConfigurationLoader.load(Files.readAllBytes(folder.resolve("config.yaml")));
    var admission =
        new Admission(Evaluator.of(Checks.standard()), configuration, cluster, cluster, recorder);
    List<String> requests = lines(folder.resolve("requests.jsonl"));
    List<String> expected = lines(folder.resolve("expected.jsonl"));

    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < requests.size(); i++) {
      var request =
          ReviewDecoder.decode(JsonSlice.of(requests.get(i).getBytes(StandardCharsets.UTF_8)));
      AdmissionResponse response = admission.review(request, Deadline.afterNanos(TEN_SECONDS));
      String answer = ReviewEncoder.encodeLine(request, response);
      Object recorded = Json.parse(expected.get(i));
      if (Deviations.expected(recorded) || isNameless(request, response)) {
        whole = false;
      } else {
        ours.add(Deviations.comparable(Json.parse(answer)));
        theirs.add(Deviations.comparable(recorded));
      }
    }
    assertThat(ours).containsExactlyElementsOf(theirs);
    if (whole) {
      assertThat(recorder.series()).isEqualTo(series(folder.resolve("expected-metrics.txt")));
    }
  }

  @Test
  void whatARealApiServerSentIsAnsweredAsTheReferenceDid() throws Exception {
    Path folder = RECORDINGS.resolve("real-reviews");
    var labels =
        Map.of(
            "pod-security.kubernetes.io/enforce",
            "baseline",
            "pod-security.kubernetes.io/warn",
            "restricted");
    var cluster = new ManifestCluster(new byte[0]);
    NamespaceGetter namespaces = new LabelledNamespaces(labels);
    var admission =
        new Admission(
            Evaluator.of(Checks.standard()),
            ConfigurationLoader.load(new byte[0]),
            namespaces,
            cluster,
            Recorder.NONE);
    Map<String, String> ours = new TreeMap<>();
    Map<String, String> theirs = new TreeMap<>();
    for (Object entry : (List<?>) Json.parse(Files.readAllBytes(folder.resolve("index.json")))) {
      String file = (String) Json.at(entry, "file");
      Object recorded = Json.at(entry, "reference_response");
      var request = ReviewDecoder.decode(JsonSlice.of(Files.readAllBytes(folder.resolve(file))));
      var response = admission.review(request, Deadline.afterNanos(TEN_SECONDS));
      Object answer = Json.at(Json.parse(ReviewEncoder.encode(request, response)), "response");
      if (request.isNamespace() && request.isUpdate()) {
        // The warnings depend on pods of that moment, which nobody kept.
        Json.object(answer).remove("warnings");
        Json.object(recorded).remove("warnings");
      }
      ours.put(file, Json.canonical(answer));
      theirs.put(file, Json.canonical(recorded));
    }
    assertThat(ours).hasSizeGreaterThan(10).isEqualTo(theirs);
  }

  /**
   * {@return whether a namespace without a name was to become stricter}: refused, where the
   * reference lists the pods of all namespaces.
   */
  private static boolean isNameless(AdmissionRequest request, AdmissionResponse response) {
    Status status = response.status();
    return request.isNamespace()
        && request.isUpdate()
        && status != null
        && status.message().equals("the namespace has no name");
  }

  private record LabelledNamespaces(Map<String, String> labels) implements NamespaceGetter {
    @Override
    public Lookup get(String name, Deadline deadline) {
      return Lookup.found(labels);
    }

    @Override
    public boolean answersAtOnce(String name) {
      return true;
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Stream.of(Files.readString(file).split("\n")).filter(line -> !line.isBlank()).toList();
  }

  private static String series(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference's three families at {@code /metrics} of a running server, line by line, after
 * requests whose counts are known: those of {@code admission}'s own scenarios, and the reference's
 * recordings where they are at hand.
 */
@Timeout(180)
class ReferenceMetricsTest {
  private static final Path SCENARIOS = Path.of("../admission/src/test/resources/admission");
  private static final Path RECORDINGS = Path.of("../conformance/recordings/admission");

  /** It holds a Pod that the reference refuses and we judge, on purpose: the counts differ. */
  private static final String DIFFERENT = "09-undecodable";

  static Stream<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path root : List.of(SCENARIOS, RECORDINGS)) {
      try (var all = Files.list(root)) {
        all.filter(folder -> Files.exists(folder.resolve("requests.jsonl")))
            .filter(folder -> !folder.endsWith(DIFFERENT))
            .sorted()
            .forEach(folders::add);
      }
    }
    return folders.stream();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void countsWhatTheReferenceCounts(Path recording, @TempDir Path folder) throws Exception {
    // Plain YAML, where a bare n is a name; as kubectl reads it, it is a boolean.
    Files.writeString(
        folder.resolve("cluster.yaml"),
        Files.readString(recording.resolve("cluster.yaml"))
            .replaceAll(": ([yn])\\n", ": \"$1\"\n"));
    var options = new RunningServer.Options();
    options.configuration = recording.resolve("config.yaml");
    try (RunningServer server = RunningServer.start(folder, options);
        Client client = Client.connect(server.port())) {
      for (String body : Files.readString(recording.resolve("requests.jsonl")).split("\n", -1)) {
        if (!body.isBlank()) {
          client.exchange(Client.post("/?timeout=10s", "Content-Type: application/json\r\n", body));
        }
      }
      String counted =
          client
              .exchange(
                  "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII))
              .body();
      assertThat(withoutVersions(counted)).isEqualTo(withoutVersions(expected(recording)));
      assertThat(server.operator("/metrics").body()).startsWith(counted);
    }
  }

  /**
   * {@return what a server says that has no version of its own, as the recorded one}: to it every
   * version is a future one.
   */
  private static String withoutVersions(String metrics) {
    var out = new StringBuilder();
    var family = new TreeMap<String, Integer>();
    for (String line : metrics.split("\n")) {
      if (line.startsWith("# HELP ")) {
        write(family, out);
      }
      if (line.startsWith("#")) {
        out.append(line).append('\n');
      } else {
        int end = line.lastIndexOf(' ');
        family.merge(
            line.substring(0, end)
                .replaceAll("policy_version=\"v1\\.\\d+\"", "policy_version=\"future\"")
                // No subresources of pods: the reference counts them under what the request says.
                .replaceAll("subresource=\"(Status|foo)\"", "subresource=\"(other)\""),
            Integer.parseInt(line.substring(end + 1)),
            Integer::sum);
      }
    }
    write(family, out);
    return out.toString();
  }

  private static void write(Map<String, Integer> family, StringBuilder out) {
    family.forEach((series, count) -> out.append(series).append(' ').append(count).append('\n'));
    family.clear();
  }

  private static String expected(Path recording) throws IOException {
    Path file = recording.resolve("expected-metrics.txt");
    if (Files.exists(file)) {
      return Files.readString(file);
    }
    List<String> series = Files.readAllLines(recording.resolve("counts.txt"));
    return family(
            series,
            "errors",
            "Number of errors preventing normal evaluation. Non-fatal errors may result in the"
                + " latest restricted profile being used for evaluation.")
        + family(
            series,
            "evaluations",
            "Number of policy evaluations that occurred, not counting ignored or exempt requests.")
        + family(
            series,
            "exemptions",
            "Number of exempt requests, not counting ignored or out of scope requests.");
  }

  private static String family(List<String> series, String what, String help) {
    String name = "pod_security_" + what + "_total";
    String lines =
        series.stream()
            .filter(line -> line.startsWith(name + "{"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return lines.isEmpty()
        ? ""
        : "# HELP " + name + " [ALPHA] " + help + "\n# TYPE " + name + " counter\n" + lines;
  }
}

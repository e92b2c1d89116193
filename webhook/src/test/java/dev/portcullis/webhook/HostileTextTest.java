package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that a request chooses, against a running server: nothing of them stays behind. */
@Timeout(180)
class HostileTextTest {
  private static final int HUGE = 2_500_000;

  /** Every text of a request that a label, a line or a key could be made of. */
  static Stream<Arguments> places() {
    return Stream.of(
        place("operation", text -> review("base", text, "", "p", "alice")),
        place("subresource", text -> review("base", "CREATE", text, "p", "alice")),
        place("name", text -> review("base", "CREATE", "", text, "alice")),
        place("user", text -> review("base", "CREATE", "", "p", text)),
        place("namespace", text -> review(text, "CREATE", "", "p", "alice")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void hugeTextsOfRequestsDoNotStay(String name, UnaryOperator<String> review, @TempDir Path folder)
      throws Exception {
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      client.review(review.apply("warm"));
      long before = heap();
      for (int i = 0; i < requests(name); i++) {
        String text = i + "x".repeat(HUGE);
        assertThat(client.review(review.apply(text)).status()).isEqualTo(200);
      }
      assertThat(heap() - before).isLessThan(12L << 20);
      assertThat(server.operator("/metrics").body().length()).isLessThan(64 * 1024);
      assertThat(longestLine(server)).isLessThan(64 * 1024);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void manyShortTextsSilenceNoSeries(
      String name, UnaryOperator<String> review, @TempDir Path folder) throws Exception {
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      for (int i = 0; i < 10_000; i++) {
        client.review(review.apply("v" + i));
      }
      assertThat(server.operator("/metrics").body().lines().count()).isLessThan(200);
      client.review(review("strict", "UPDATE", "resize", "p", "alice").replace("null", "{}"));
      client.review(review("strict", "CREATE", "ephemeralcontainers", "p", "alice"));
      String series =
          "pod_security_evaluations_total{decision=\"deny\",mode=\"enforce\",policy_level="
              + "\"restricted\",policy_version=\"latest\",request_operation=\"create\","
              + "resource=\"pod\",subresource=\"ephemeralcontainers\"}";
      assertThat(server.metric(series)).isEqualTo(1);
      assertThat(
              server.metric(
                  "portcullis_denials_total{check=\"privileged\",mode=\"enforce\","
                      + "namespace=\"strict\"}"))
          .isPositive();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void noTextEndsALineOrDrivesATerminal(
      String name, UnaryOperator<String> review, @TempDir Path folder) throws Exception {
    String hostile =
        "a\\n{\\\"level\\\":\\\"info\\\"}\\r\\u001b[2J\\u009b1m\\u0085\\u2028\\u202ecod\\u2066\\u200b";
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      client.review(review.apply(hostile));
      client.review(review("base", "CREATE", "", "last", "alice"));
      String log = server.logWith("\"last\"");
      assertThat(log.codePoints().filter(HostileTextTest::drives)).isEmpty();
      assertThat(log.lines()).allMatch(line -> line.startsWith("{\"time\":") && line.endsWith("}"));
      assertThat(server.operator("/metrics").body().codePoints().filter(HostileTextTest::drives))
          .isEmpty();
    }
  }

  @Test
  void theSeriesOfADeletedNamespaceGo(@TempDir Path folder) throws Exception {
    Path cluster = folder.resolve("cluster.yaml");
    Files.writeString(cluster, RunningServer.NAMESPACES + brief());
    String series =
        "portcullis_denials_total{check=\"privileged\",mode=\"enforce\",namespace=\"brief\"}";
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      client.review(Reviews.pod("1", "brief", true));
      client.review(Reviews.pod("2", "base", true));
      assertThat(server.metric(series)).isEqualTo(1);
      assertThat(server.metric(series)).isEqualTo(1);
      Files.writeString(cluster, RunningServer.NAMESPACES);
      server.logWith("3 namespaces");
      RunningServer.await(() -> !server.operator("/metrics").body().contains("brief"));
      assertThat(server.metric(series.replace("brief", "base"))).isEqualTo(1);
      client.review(Reviews.pod("3", "base", true));
      assertThat(server.metric(series.replace("brief", "base"))).isEqualTo(2);
    }
  }

  private static String brief() {
    return """
    ---
    {apiVersion: v1, kind: Namespace, metadata: {name: brief, labels: {pod-security.kubernetes.io/enforce: baseline}}}
    """;
  }

  private static boolean drives(int rune) {
    return rune != '\n'
        && switch (Character.getType(rune)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> false;
        };
  }

  private static int longestLine(RunningServer server) {
    String log = server.logWith("{\"time\"");
    List<Integer> lengths = new ArrayList<>(log.lines().map(String::length).toList());
    return lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static int requests(String place) {
    return place.equals("operation") ? 60 : 10;
  }

  private static Arguments place(String name, UnaryOperator<String> review) {
    return Arguments.of(name, review);
  }

  /** {@return a review of a privileged pod}; the texts stand in it as they are given. */
  private static String review(
      String namespace, String operation, String subresource, String name, String user) {
    byte[] pod = Reviews.pod("u", "NS", true).getBytes(StandardCharsets.UTF_8);
    return new String(pod, StandardCharsets.UTF_8)
        .replace("\"NS\"", "\"" + namespace + "\"")
        .replace(
            "\"CREATE\"", "\"" + operation + "\",\"requestSubResource\":\"" + subresource + "\"")
        .replace("\"name\":\"p\",\"namespace\"", "\"name\":\"" + name + "\",\"namespace\"")
        .replace("\"alice\"", "\"" + user + "\"");
  }
}

package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reviews as long as they may be, against a running server: each takes time that grows with its
 * length, and is answered within the documented size.
 */
@Timeout(180)
class HostileSizeTest {
  /** What an answer may have: some texts of 64 KB, with their escapes. */
  private static final int MAX_ANSWER = 512 * 1024;

  private static RunningServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("cluster.yaml"),
        RunningServer.NAMESPACES
            + """
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: all, labels: {
              pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/audit: restricted,
              pod-security.kubernetes.io/warn: restricted, portcullis.dev/harden: restricted}}}
            """);
    server = RunningServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> reviews() {
    return Stream.of(
        review("/validate", "ephemeral containers", 10_000, HostileSizeTest::ephemeral),
        review("/validate", "empty containers", 24_000, n -> pod(list(n, i -> "{}"))),
        review(
            "/validate",
            "named containers",
            10_000,
            n -> pod(list(n, i -> "{\"name\":\"c" + i + "\"}"))),
        review(
            "/validate",
            "capabilities",
            20_000,
            n ->
                pod(
                    "[{\"name\":\"c\",\"securityContext\":{\"capabilities\":{\"add\":"
                        + list(n, i -> "\"CAP_" + i + "\"")
                        + "}}}]")),
        review(
            "/validate",
            "host ports",
            20_000,
            n ->
                pod(
                    "[{\"name\":\"c\",\"ports\":"
                        + list(n, i -> "{\"hostPort\":" + i + "}")
                        + "}]")),
        review(
            "/validate",
            "annotations",
            10_000,
            n ->
                pod("[]")
                    .replace(
                        "\"metadata\":{",
                        "\"metadata\":{\"annotations\":{"
                            + IntStream.range(0, n)
                                .mapToObj(i ->
                                    "\"container.apparmor.security.beta.kubernetes.io/"
                                        + i
                                        + "\":\"x\"")
                                .collect(Collectors.joining(","))
                            + "},")),
        review(
            "/validate",
            "an unprintable name",
            60_000,
            n -> pod("[]").replace("\"name\":\"p\"", "\"name\":\"" + "\\u0001".repeat(n) + "\"")),
        review(
            "/validate",
            "repeated keys",
            20_000,
            n ->
                pod("[{}]").replace("\"spec\":{", "\"spec\":{" + "\"containers\":[{}],".repeat(n))),
        review(
            "/mutate",
            "containers to harden",
            10_000,
            n -> pod(list(n, i -> "{\"name\":\"c" + i + "\"}"))),
        review("/mutate", "empty containers to harden", 24_000, n -> pod(list(n, i -> "{}"))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("reviews")
  void takesTimeByItsLengthAndHasABoundedAnswer(
      String path, String name, int count, IntFunction<String> review) throws Exception {
    String small = review.apply(count);
    String large = review.apply(4 * count);
    assertThat(large.length()).isLessThan(Limits.BODY_BYTES);
    try (Client client = Client.connect(server.port())) {
      ask(client, path, small);
      List<Long> ratios = new ArrayList<>();
      while (ratios.size() < 8 && ratios.stream().noneMatch(HostileSizeTest::isLinear)) {
        long one = ask(client, path, small);
        long four = ask(client, path, large);
        ratios.add(100 * four / Math.max(one, 2_000_000));
      }
      assertThat(ratios).anyMatch(HostileSizeTest::isLinear);
    }
  }

  /** Sixteen times as long would be quadratic; other work on the machine is in both. */
  private static boolean isLinear(long percent) {
    return percent < 900;
  }

  private static long ask(Client client, String path, String body) throws Exception {
    long start = System.nanoTime();
    Client.Reply reply =
        client.exchange(Client.post(path, "Content-Type: application/json\r\n", body));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().length()).isLessThan(path.equals("/mutate") ? 2 << 20 : MAX_ANSWER);
    return System.nanoTime() - start;
  }

  private static Arguments review(String path, String name, int count, IntFunction<String> review) {
    return Arguments.of(path, name, count, review);
  }

  /** A debug container more, the last of many. */
  private static String ephemeral(int count) {
    String before = list(count, i -> "{\"name\":\"e" + i + "\",\"image\":\"i\"}");
    String pod =
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"ephemeralContainers\":"
            + before
            + "}}";
    return pod("[]")
        .replace("\"CREATE\"", "\"UPDATE\",\"requestSubResource\":\"ephemeralcontainers\"")
        .replaceFirst(
            "\"object\":.*\"oldObject\":null", "\"object\":" + pod + ",\"oldObject\":" + pod);
  }

  private static String pod(String containers) {
    return Reviews.pod("1", "all", true)
        .replaceFirst("\"containers\":\\[.*\\]", "\"containers\":[]")
        .replace("\"containers\":[]", "\"containers\":" + containers);
  }

  private static String list(int count, IntFunction<String> element) {
    return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
  }
}

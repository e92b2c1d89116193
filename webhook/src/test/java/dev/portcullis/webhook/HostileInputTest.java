package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(180)
class HostileInputTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String REVIEW = Reviews.pod("1", "base", false);

  private static RunningServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = RunningServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        input("empty body", Client.post("/", JSON, ""), "empty_body", 400, "request body is empty"),
        input(
            "GET",
            raw("GET /any HTTP/1.1\r\nHost: h\r\n\r\n"),
            "empty_body",
            400,
            "request body is empty"),
        input("null", Client.post("/", JSON, "null"), "no_request", 400, null),
        input(
            "number",
            Client.post("/", JSON, "7"),
            "undecodable",
            400,
            "unable to decode the request"),
        undecodable(
            "YAML", "kind: AdmissionReview\napiVersion: admission.k8s.io/v1\nrequest: {}\n"),
        undecodable("a JSON review as a YAML document", "---\n" + REVIEW),
        undecodable("a JSON review behind a comment", "# YAML\n" + REVIEW),
        undecodable("a JSON review behind a byte order mark", "\uFEFF" + REVIEW),
        undecodable("YAML within braces", "{kind: AdmissionReview, request: {uid: u}}"),
        undecodable("five aliases of one text", aliases(2_900_000, 5)),
        undecodable("a million aliases", aliases(1_000, 500_000)),
        undecodable("blanks", " \n "),
        undecodable("a list", "[" + REVIEW + "]"),
        input(
            "cut off",
            Client.post("/", JSON, "{\"kind\":"),
            "undecodable",
            400,
            "unable to decode the request"),
        input(
            "garbage after it",
            Client.post("/", JSON, REVIEW + "x"),
            "undecodable",
            400,
            "unable to decode the request"),
        input(
            "no request",
            Client.post(
                "/", JSON, "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"}"),
            "no_request",
            400,
            null),
        input(
            "other kind",
            Client.post("/", JSON, "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}"),
            "unexpected_kind",
            400,
            "unexpected AdmissionReview kind: /v1, Kind=Pod"),
        input(
            "v1beta1",
            Client.post("/", JSON, REVIEW.replace("k8s.io/v1\"", "k8s.io/v1beta1\"")),
            "undecodable",
            400,
            "unable to decode the request"),
        input(
            "charset",
            Client.post("/", "Content-Type: application/json; charset=utf-8\r\n", REVIEW),
            "content_type",
            400,
            "unable to process a request with a non-json content type"),
        input(
            "no content type",
            Client.post("/", "", REVIEW),
            "content_type",
            400,
            "unable to process a request with a non-json content type"),
        input(
            "3 MiB",
            Client.post("/", JSON, padded(Limits.BODY_BYTES)),
            "body_too_large",
            413,
            "request entity is too large; limit is 3145728 bytes"),
        input(
            "3 MiB in chunks",
            chunked(padded(Limits.BODY_BYTES)),
            "body_too_large",
            413,
            "request entity is too large; limit is 3145728 bytes"),
        input(
            "3 MiB announced",
            raw(
                "POST / HTTP/1.1\r\nHost: h\r\n"
                    + JSON
                    + "Expect: 100-continue\r\nContent-Length: 3145728\r\n\r\n"),
            "body_too_large",
            413,
            "request entity is too large; limit is 3145728 bytes"),
        input(
            "deep nesting",
            Client.post("/", JSON, "[".repeat(1_000_000)),
            "undecodable",
            400,
            "unable to decode the request"),
        input(
            "deep nesting in a pod",
            Client.post(
                "/",
                JSON,
                REVIEW.replace(
                    "\"image\":\"i\"",
                    "\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
            "undecodable",
            400,
            "unable to decode the request"),
        input(
            "header of 100 KB",
            Client.post("/", JSON + "X: " + "x".repeat(100_000) + "\r\n", REVIEW),
            "header_too_large",
            431,
            "request header is too large"),
        input(
            "target of 20 KB",
            Client.post("/" + "x".repeat(20_000), JSON, REVIEW),
            "target_too_long",
            414,
            "request target is too long"),
        input("no HTTP", raw("\r\nhello\r\n\r\n"), "malformed", 400, "malformed HTTP request"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void isAnsweredClearlyCountedAndForgotten(
      String name, byte[] request, String kind, int status, String text) throws Exception {
    String series = "portcullis_rejected_requests_total{kind=\"" + kind + "\"}";
    double before = server.metric(series);
    try (Client client = Client.connect(server.port())) {
      Client.Reply reply = client.exchange(request);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.headers())
          .containsEntry("content-type", "text/plain; charset=utf-8")
          .containsEntry("x-content-type-options", "nosniff");
      if (text != null) {
        assertThat(reply.body()).isEqualTo(text + "\n");
      }
      assertThat(reply.body().length()).isLessThan(100);
    }
    assertThat(server.metric(series)).isEqualTo(before + 1);
    assertThat(server.metric("portcullis_requests_in_flight")).isZero();
    assertStillAnswers();
  }

  @Test
  void aBodyJustBelowTheLimitIsReviewed() throws Exception {
    try (Client client = Client.connect(server.port())) {
      assertThat(client.review(padded(Limits.BODY_BYTES - 1)).body())
          .isEqualTo(Reviews.allowed("1"));
    }
  }

  @Test
  void aBodyInManyPiecesIsReviewed() throws Exception {
    try (Client client = Client.connect(server.port())) {
      byte[] request = Client.post("/", JSON, REVIEW);
      for (byte one : request) {
        client.send(new byte[] {one});
      }
      assertThat(client.receive().body()).isEqualTo(Reviews.allowed("1"));
      assertThat(client.exchange(chunked(REVIEW)).body()).isEqualTo(Reviews.allowed("1"));
    }
  }

  @Test
  void expectationsAreMet() throws Exception {
    try (Client client = Client.connect(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: h\r\n"
              + JSON
              + "Expect: 100-continue\r\nContent-Length: "
              + REVIEW.length()
              + "\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);
      client.send(REVIEW);
      assertThat(client.receive().body()).isEqualTo(Reviews.allowed("1"));
    }
  }

  @Test
  void clientsThatGoAwayAreForgotten() throws Exception {
    double before = server.metric("portcullis_rejected_requests_total{kind=\"aborted\"}");
    try (Client client = Client.connect(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\n" + JSON + "Content-Length: 1000\r\n\r\n{");
      RunningServer.await(() -> server.metric("portcullis_requests_in_flight") == 1);
    }
    RunningServer.await(() -> server.metric("portcullis_requests_in_flight") == 0);
    assertThat(server.metric("portcullis_rejected_requests_total{kind=\"aborted\"}"))
        .isEqualTo(before + 1);
  }

  @Test
  void http2IsAnsweredTheSame() throws Exception {
    double before = server.metric("portcullis_requests_total{protocol=\"h2\"}");
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(Client.tls(null))
            .version(HttpClient.Version.HTTP_2)
            .build()) {
      HttpResponse<String> good = client.send(http2(REVIEW), HttpResponse.BodyHandlers.ofString());
      assertThat(good.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(good.body()).isEqualTo(Reviews.allowed("1"));
      assertThat(good.headers().firstValue("content-type")).contains("application/json");
      HttpResponse<String> empty = client.send(http2(""), HttpResponse.BodyHandlers.ofString());
      assertThat(empty.statusCode()).isEqualTo(400);
      assertThat(empty.body()).isEqualTo("request body is empty\n");
      HttpResponse<String> large =
          client.send(http2(padded(Limits.BODY_BYTES)), HttpResponse.BodyHandlers.ofString());
      assertThat(large.statusCode()).isEqualTo(413);
    }
    assertThat(server.metric("portcullis_requests_total{protocol=\"h2\"}")).isEqualTo(before + 3);
  }

  @Test
  void requestsAreCountedByTheirProtocol() throws Exception {
    double before = server.metric("portcullis_requests_total{protocol=\"http/1.1\"}");
    double others = server.metric("portcullis_requests_total{protocol=\"h2\"}");
    try (Client client = Client.connect(server.port())) {
      client.review(REVIEW);
      client.review(REVIEW);
    }
    assertThat(server.metric("portcullis_requests_total{protocol=\"http/1.1\"}"))
        .isEqualTo(before + 2);
    assertThat(server.metric("portcullis_requests_total{protocol=\"h2\"}")).isEqualTo(others);
  }

  private static HttpRequest http2(String body) {
    return HttpRequest.newBuilder(
            URI.create("https://localhost:" + server.port() + "/validate?timeout=5s"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static void assertStillAnswers() throws Exception {
    try (Client client = Client.connect(server.port())) {
      assertThat(client.review(Reviews.pod("2", "base", true)).body())
          .isEqualTo(Reviews.denied("2"));
    }
  }

  private static Arguments input(
      String name, byte[] request, String kind, int status, String text) {
    return Arguments.of(name, request, kind, status, text);
  }

  private static Arguments undecodable(String name, String body) {
    return input(
        name, Client.post("/", JSON, body), "undecodable", 400, "unable to decode the request");
  }

  /** {@return a small YAML document that says one text again and again} */
  private static String aliases(int length, int count) {
    return "a: &a " + "x".repeat(length) + "\nb: [" + "*a,".repeat(count) + "]\n";
  }

  private static byte[] raw(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String padded(int length) {
    return REVIEW + " ".repeat(length - REVIEW.length());
  }

  private static byte[] chunked(String body) {
    var out =
        new StringBuilder(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" + JSON + "\r\n");
    for (int from = 0; from < body.length(); from += 100_000) {
      String piece = body.substring(from, Math.min(body.length(), from + 100_000));
      out.append(Integer.toHexString(piece.length())).append("\r\n").append(piece).append("\r\n");
    }
    return raw(out.append("0\r\n\r\n").toString());
  }
}

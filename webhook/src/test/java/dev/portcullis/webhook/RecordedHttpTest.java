package dev.portcullis.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference's answers over HTTP/1.1. */
@Timeout(180)
class RecordedHttpTest {
  private static final Path RECORDINGS = Path.of("../conformance/recordings/admission");
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void answersAreTheReferences(@TempDir Path folder) throws Exception {
    // Plain YAML, where a bare n is a name; as kubectl reads it, it is a boolean.
    String manifests = Files.readString(RECORDINGS.resolve("raw-http-cluster.yaml"));
    Files.writeString(
        folder.resolve("cluster.yaml"), manifests.replaceAll(": ([yn])\\n", ": \"$1\"\n"));
    var options = new RunningServer.Options();
    options.configuration = RECORDINGS.resolve("raw-http-config.yaml");
    List<String> lines =
        List.of(Files.readString(RECORDINGS.resolve("raw-http.jsonl")).strip().split("\n"));
    var softly = new SoftAssertions();
    try (RunningServer server = RunningServer.start(folder, options)) {
      for (String line : lines) {
        JsonNode recorded = JSON.readTree(line);
        // Redirects come from Go's HTTP library and differ between its builds.
        if (recorded.path("expected").path("status").asInt() / 100 != 3) {
          compare(softly, recorded, answer(server, recorded));
        }
      }
    }
    softly.assertAll();
  }

  private static void compare(SoftAssertions softly, JsonNode recorded, Client.Reply reply) {
    String name = recorded.path("name").asString();
    JsonNode expected = recorded.path("expected");
    if (isYaml(recorded)) {
      softly.assertThat(reply.body()).as(name).isEqualTo("unable to decode the request\n");
      softly.assertThat(reply.status()).as(name).isEqualTo(400);
      return;
    }
    if (expected.has("aborted")) {
      softly.assertThat(reply.status()).as(name).isEqualTo(400);
      return;
    }
    softly.assertThat(reply.status()).as(name).isEqualTo(expected.path("status").asInt());
    if (!expected.has("body")) {
      return;
    }
    String body = expected.path("body").asString();
    if (body.startsWith("{")) {
      softly
          .assertThat(JSON.readTree(reply.body()).path("response"))
          .as(name)
          .isEqualTo(JSON.readTree(body).path("response"));
      softly.assertThat(reply.headers()).as(name).containsEntry("content-type", "application/json");
    } else {
      softly.assertThat(reply.body()).as(name).isEqualTo(body);
      softly
          .assertThat(reply.headers())
          .as(name)
          .containsEntry("content-type", expected.path("contentType").asString());
    }
  }

  /** {@return whether a review came as YAML, which is not taken from a network} */
  private static boolean isYaml(JsonNode recorded) {
    return recorded.path("expected").path("status").asInt() == 200
        && !recorded.path("body").asString("{").strip().startsWith("{");
  }

  private static Client.Reply answer(RunningServer server, JsonNode recorded) throws IOException {
    byte[] body = recorded.path("body").asString("").getBytes(StandardCharsets.UTF_8);
    int length = Math.max(body.length, recorded.path("padTo").asInt(0));
    String method = recorded.path("method").asString();
    var head = new StringBuilder(method).append(' ').append(recorded.path("path").asString());
    head.append(" HTTP/1.1\r\nHost: localhost\r\n");
    recorded
        .path("headers")
        .properties()
        .forEach(header ->
            head.append(header.getKey())
                .append(": ")
                .append(header.getValue().asString())
                .append("\r\n"));
    if (recorded.has("body")) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    try (Client client = Client.connect(server.port())) {
      client.send(head.append("\r\n").toString());
      client.send(body);
      client.send(" ".repeat(length - body.length));
      return client.receive(method.equals("HEAD"));
    }
  }
}

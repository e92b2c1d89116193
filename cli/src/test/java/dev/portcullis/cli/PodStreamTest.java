package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodStreamTest {
  private static final String PRIVILEGED =
      """
      {"spec":{"containers":[{"name":"a","securityContext":{"privileged":true}}]}}\
      """;

  @Test
  void answersInOrderWithTheSameIds() throws Exception {
    var answer =
        run(
            """
            {"id":1,"level":"privileged","version":"latest","pod":%1$s}

            {"pod":%1$s,"version":"v1.0","level":"baseline","id":{"any":["json"]}}
            {"id":"é","level":"baseline","version":"latest","pod":{"metadata":{},"spec":{}},"more":[{}]}
            """
                .formatted(PRIVILEGED));
    assertThat(answer.text)
        .isEqualTo(
            """
            {"id":1,"allowed":true,"reason":"","detail":""}
            {"id":{"any":["json"]},"allowed":false,"reason":"privileged","detail":"privileged (container \\"a\\" must not set securityContext.privileged=true)"}
            {"id":"é","allowed":true,"reason":"","detail":""}
            """);
    assertThat(answer.clean).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"spec\":null}",
        "{\"metadata\":{\"name\":\"a\"}}",
        "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"spec\":{\"template\":{}}}",
        "{\"kind\":\"Deployment\",\"spec\":{}}",
        "{\"kind\":\"PodTemplate\",\"apiVersion\":\"v1\",\"template\":{}}",
        "{\"apiVersion\":\"batch/v1\",\"spec\":{}}",
        "{\"kind\":\"pod\",\"spec\":{}}",
        "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[]}"
      })
  void whatIsNoPodIsAnError(String pod) throws Exception {
    var answer =
        run("{\"id\":1,\"level\":\"baseline\",\"version\":\"latest\",\"pod\":" + pod + "}\n");
    assertThat(answer.text).startsWith("{\"id\":1,\"error\":\"").doesNotContain("allowed");
    assertThat(answer.clean).isFalse();
  }

  @Test
  void appliesNoDefaults() throws Exception {
    var answer =
        run(
            "{\"level\":\"restricted\",\"version\":\"v1.0\",\"pod\":{\"spec\":{\"volumes\":[{\"name\":\"v\"}]}}}");
    assertThat(answer.text).contains("restricted volume type \\\"unknown\\\"");
  }

  @Test
  void tellsWhatIsWrongWithALineAndGoesOn() throws Exception {
    var answer =
        run(
            """
            {"id":1,"level":"Baseline","version":"latest","pod":{"spec":{}}}
            {"id":2,"level":"baseline","version":"1.30","pod":{"spec":{}}}
            {"id":3,"level":"baseline","version":"latest"}
            {"id":4,"level":"baseline","version":"latest","pod":{"spec":{"hostNetwork":"yes"}}}
            {"id":5,"level":"baseline","version":"latest","pod":{"spec":{}}} trailing
            [1]
            {"id":7,"level":"baseline"
            {"id":8,"level":"baseline","version":"latest","pod":{"spec":{}}}\
            """);
    assertThat(answer.text)
        .isEqualTo(
            """
            {"id":1,"error":"level: must be one of privileged, baseline, restricted"}
            {"id":2,"error":"version: must be \\"latest\\" or \\"v1.x\\""}
            {"id":3,"error":"pod is missing"}
            {"id":4,"error":"spec.hostNetwork: must be true or false, found a string"}
            {"id":5,"error":"unexpected a boolean after the end of the document (byte 65)"}
            {"id":null,"error":"must be an object, found a list (byte 0)"}
            {"id":7,"error":"level: the document ends too early"}
            {"id":8,"allowed":true,"reason":"","detail":""}
            """);
    assertThat(answer.clean).isFalse();
  }

  @Test
  void answersAtOnceWhenNothingMoreIsAtHand() throws Exception {
    var in = new PipedInputStream(1 << 16);
    var ask = new PipedOutputStream(in);
    var answers = new PipedInputStream(1 << 16);
    var out = new PipedOutputStream(answers);
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try (out) {
                new PodStream(in, out).run();
              } catch (IOException gone) {
                throw new IllegalStateException(gone);
              }
            });
    for (int i = 0; i < 3; i++) {
      ask.write(
          ("{\"id\":"
                  + i
                  + ",\"level\":\"baseline\",\"version\":\"latest\",\"pod\":{\"spec\":{}}}\n")
              .getBytes(StandardCharsets.UTF_8));
      ask.flush();
      byte[] answer = answers.readNBytes(47);
      assertThat(new String(answer, StandardCharsets.UTF_8))
          .isEqualTo("{\"id\":" + i + ",\"allowed\":true,\"reason\":\"\",\"detail\":\"\"}");
      answers.readNBytes(1);
    }
    ask.close();
    thread.join();
  }

  @Test
  void memoryDoesNotGrowWithTheInput() throws Exception {
    byte[] line =
        ("{\"id\":1,\"level\":\"restricted\",\"version\":\"latest\",\"pod\":" + PRIVILEGED + "}\n")
            .getBytes(StandardCharsets.UTF_8);
    int lines = 1_000_000;
    var in =
        new InputStream() {
          private long left = (long) lines * line.length;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            int at = (int) (((long) lines * line.length - left) % line.length);
            int size = (int) Math.min(Math.min(left, length), line.length - at);
            System.arraycopy(line, at, into, offset, size);
            left -= size;
            return size == 0 ? -1 : size;
          }
        };
    long[] written = {0};
    var out =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] from, int offset, int length) {
            assertThat(length).isLessThan(1 << 20);
            written[0] += length;
          }
        };
    assertThat(new PodStream(in, out).run()).isTrue();
    assertThat(written[0]).isGreaterThan(100L * lines);
  }

  @Test
  void agreesWithTheReference() throws Exception {
    Path path = Path.of("../conformance/recordings/random-pods.jsonl.gz");
    byte[] all;
    try (var in = new GZIPInputStream(Files.newInputStream(path))) {
      all = in.readAllBytes();
    }
    var answer = run(new String(all, StandardCharsets.UTF_8));
    assertThat(answer.clean).isTrue();
    List<Map<String, String>> expected = new ArrayList<>();
    for (String line : new String(all, StandardCharsets.UTF_8).lines().toList()) {
      expected.add(members(members(line).getOrDefault("expected", "{}")));
    }
    List<String> answers = answer.text.lines().toList();
    assertThat(answers).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      var actual = members(answers.get(i));
      actual.remove("id");
      assertThat(actual).as("line %d", i + 1).isEqualTo(expected.get(i));
    }
  }

  /** {@return the members of an object, strings decoded and other values as they are written} */
  private static Map<String, String> members(String object) throws Exception {
    var json =
        new JsonCursor(JsonSlice.of(object.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    var all = new TreeMap<String, String>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      String value =
          json.atString()
              ? json.readString()
              : new String(json.sliceValue().copy(), StandardCharsets.UTF_8);
      all.put(name, value);
    }
    return all;
  }

  private record Answer(String text, boolean clean) {}

  private static Answer run(String lines) throws IOException {
    var out = new ByteArrayOutputStream();
    boolean clean =
        new PodStream(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), out).run();
    return new Answer(out.toString(StandardCharsets.UTF_8), clean);
  }
}

package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Our verdicts against those that the Go reference gave. */
class ReferenceRecordingsTest {
  private static final JsonNames LINE = JsonNames.of("id", "level", "version", "pod", "expected");
  private static final JsonNames EXPECTED = JsonNames.of("allowed", "reason", "detail");

  private final Evaluator evaluator = Evaluator.of(Checks.standard());

  private record Answer(String id, boolean allowed, String reason, String detail) {}

  @Test
  void everyRecordedVerdictIsOurs() throws Exception {
    Path recordings = Path.of("../conformance/recordings/random-pods.jsonl.gz");
    List<Answer> expected = new ArrayList<>();
    List<Answer> actual = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recordings)), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        replay(line, expected, actual);
      }
    }
    assertThat(actual).hasSizeGreaterThan(100).containsExactlyElementsOf(expected);
  }

  private void replay(String line, List<Answer> expected, List<Answer> actual) throws Exception {
    var in =
        new JsonCursor(JsonSlice.of(line.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    String id = "";
    Level level = null;
    Version version = null;
    @Nullable JsonSlice pod = null;
    boolean allowed = false;
    String reason = "";
    String detail = "";
    in.beginObject();
    int name;
    while ((name = in.nextName(LINE)) != JsonCursor.END) {
      switch (name) {
        case 0 -> id = in.readString();
        case 1 -> level = Level.parse(in.readString());
        case 2 -> version = Version.parse(in.readString());
        case 3 -> pod = in.sliceValue();
        case 4 -> {
          in.beginObject();
          int field;
          while ((field = in.nextName(EXPECTED)) != JsonCursor.END) {
            switch (field) {
              case 0 -> allowed = in.readBoolean();
              case 1 -> reason = in.readString();
              case 2 -> detail = in.readString();
              default -> in.skipValue();
            }
          }
        }
        default -> in.skipValue();
      }
    }
    var at = new LevelVersion(Objects.requireNonNull(level), Objects.requireNonNull(version));
    var verdict =
        evaluator.evaluate(at, PodDecoder.decode(Objects.requireNonNull(pod), JsonLimits.STANDARD));
    expected.add(new Answer(id, allowed, reason, detail));
    actual.add(new Answer(id, verdict.allowed(), verdict.reason(), verdict.detail()));
  }
}

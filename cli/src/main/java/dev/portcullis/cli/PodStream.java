package dev.portcullis.cli;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import dev.portcullis.policy.pod.PodDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates pods line by line.
 *
 * <p>Answers are held back only while more lines are at hand, so that a program can ask, wait for
 * the answer and ask again, and a file still costs few writes. Nothing grows with the number of
 * lines.
 */
final class PodStream {
  private static final JsonNames MEMBERS = JsonNames.of("id", "level", "version", "pod");
  private static final JsonNames LEVELS = JsonNames.of("privileged", "baseline", "restricted");
  private static final JsonNames VERSIONS = JsonNames.of("latest");
  private static final int FLUSH_AT = 1 << 16;
  private static final String ALLOWED = ",\"allowed\":true,\"reason\":\"\",\"detail\":\"\"}\n";

  private final Lines lines;
  private final OutputStream out;
  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final StringBuilder answers = new StringBuilder(FLUSH_AT * 2);
  private boolean clean = true;

  private @Nullable JsonSlice id;
  private String level = "";
  private String version = "";
  private @Nullable JsonSlice pod;

  PodStream(InputStream in, OutputStream out) {
    this.lines = new Lines(in, JsonLimits.STANDARD.maxBytes());
    this.out = out;
  }

  /** {@return whether every line could be evaluated} */
  boolean run() throws IOException {
    for (JsonSlice line = lines.next(); line != null; line = lines.next()) {
      answer(line);
      if (answers.length() >= FLUSH_AT || !lines.ready()) {
        flush();
      }
    }
    flush();
    return clean;
  }

  private void answer(JsonSlice line) {
    id = null;
    if (lines.tooLong()) {
      fail("the line is longer than " + JsonLimits.STANDARD.maxBytes() + " bytes");
      return;
    }
    if (blank(line)) {
      return;
    }
    try {
      Verdict verdict = evaluate(line);
      begin();
      if (verdict.allowed()) {
        answers.append(ALLOWED);
      } else {
        answers.append(",\"allowed\":false,\"reason\":");
        JsonText.appendQuoted(answers, verdict.reason());
        answers.append(",\"detail\":");
        JsonText.appendQuoted(answers, verdict.detail());
        answers.append("}\n");
      }
    } catch (JsonException | InputException fault) {
      fail(String.valueOf(fault.getMessage()));
    }
  }

  private Verdict evaluate(JsonSlice line) throws JsonException {
    read(line);
    JsonSlice given = pod;
    if (given == null || given.isNull()) {
      throw new InputException("pod is missing");
    }
    return evaluator.evaluate(policy(), PodDecoder.decode(given, JsonLimits.STANDARD));
  }

  private void read(JsonSlice line) throws JsonException {
    level = "";
    version = "";
    pod = null;
    var json = new JsonCursor(line, JsonLimits.STANDARD);
    json.beginObject();
    for (int name = json.nextName(MEMBERS); name != JsonCursor.END; name = json.nextName(MEMBERS)) {
      switch (name) {
        case 0 -> id = json.sliceValue();
        case 1 -> level = json.readString(LEVELS);
        case 2 -> version = json.readString(VERSIONS);
        case 3 -> pod = json.sliceValue();
        default -> json.skipValue();
      }
    }
    json.end();
  }

  private LevelVersion policy() {
    Level parsedLevel = Level.parse(level);
    if (parsedLevel == null) {
      throw new InputException("level: " + Level.EXPECTED);
    }
    Version parsedVersion = Version.parse(version);
    if (parsedVersion == null) {
      throw new InputException("version: " + Version.EXPECTED);
    }
    return new LevelVersion(parsedLevel, parsedVersion);
  }

  private static boolean blank(JsonSlice line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.bytes()[line.offset() + i] > ' ' || line.bytes()[line.offset() + i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void begin() {
    answers.append("{\"id\":");
    JsonSlice given = id;
    if (given == null) {
      answers.append("null");
    } else {
      answers.append(
          new String(given.bytes(), given.offset(), given.length(), StandardCharsets.UTF_8));
    }
  }

  private void fail(String problem) {
    clean = false;
    begin();
    answers.append(",\"error\":");
    JsonText.appendQuoted(answers, problem);
    answers.append("}\n");
  }

  private void flush() throws IOException {
    if (!answers.isEmpty()) {
      out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
      answers.setLength(0);
    }
  }
}

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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Evaluates pods line by line. */
final class PodStream extends LineStream {
  private static final JsonNames MEMBERS = JsonNames.of("id", "level", "version", "pod");
  private static final JsonNames LEVELS = JsonNames.of("privileged", "baseline", "restricted");
  private static final JsonNames VERSIONS = JsonNames.of("latest");
  private static final String ALLOWED = ",\"allowed\":true,\"reason\":\"\",\"detail\":\"\"}\n";

  private final Evaluator evaluator = Evaluator.of(Checks.standard());

  private @Nullable JsonSlice id;
  private String level = "";
  private String version = "";
  private @Nullable JsonSlice pod;

  PodStream(InputStream in, OutputStream out) {
    super(in, out);
  }

  @Override
  boolean answer(JsonSlice line, StringBuilder answers) {
    id = null;
    try {
      Verdict verdict = evaluate(line);
      begin(answers);
      if (verdict.allowed()) {
        answers.append(ALLOWED);
      } else {
        answers.append(",\"allowed\":false,\"reason\":");
        JsonText.appendQuoted(answers, verdict.reason());
        answers.append(",\"detail\":");
        JsonText.appendQuoted(answers, verdict.detail());
        answers.append("}\n");
      }
      return true;
    } catch (JsonException | InputException fault) {
      fail(String.valueOf(fault.getMessage()), answers);
      return false;
    }
  }

  private Verdict evaluate(JsonSlice line) throws JsonException {
    read(line);
    JsonSlice given = pod;
    if (given == null || given.isNull()) {
      throw new InputException("pod is missing");
    }
    return evaluator.evaluate(policy(), PodDecoder.decodePod(given, JsonLimits.STANDARD));
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

  private void begin(StringBuilder answers) {
    answers.append("{\"id\":");
    JsonSlice given = id;
    if (given == null) {
      answers.append("null");
    } else {
      answers.append(
          new String(given.bytes(), given.offset(), given.length(), StandardCharsets.UTF_8));
    }
  }

  @Override
  void refuse(String problem, StringBuilder answers) {
    id = null;
    fail(problem, answers);
  }

  private void fail(String problem, StringBuilder answers) {
    begin(answers);
    answers.append(",\"error\":");
    JsonText.appendQuoted(answers, problem);
    answers.append("}\n");
  }
}

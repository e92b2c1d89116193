package dev.portcullis.conformance.compare;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The reference's own test pods: both sides must agree, and with the folder that a pod lies in. A
 * volume without a source is an emptyDir, as in an API server; as the file has it, only the two
 * sides must agree.
 */
public final class Fixtures {
  private static final String TITLE = "fixtures";

  private final Path lines;

  /** Reads what the oracle's {@code fixtures} program printed. */
  public Fixtures(Path lines) {
    this.lines = lines;
  }

  /** {@return the counts of all of them} */
  public Tally run(Oracle oracle, Consumer<Difference> found) throws IOException {
    long start = System.nanoTime();
    long cpu = oracle.cpu().toNanos();
    long ourNanos = 0;
    long cases = 0;
    long differences = 0;
    Map<Deviations, Long> deviations = new EnumMap<>(Deviations.class);
    var ours = new Ours();
    try (var in = Files.newBufferedReader(lines)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        if (!(JsonReader.read(text) instanceof Obj fixture)) {
          throw new IOException("no fixture: " + text);
        }
        String at = Json.string(fixture.get("level")) + ":" + policyVersion(fixture);
        cases++;
        for (String which : List.of("pod", "raw")) {
          Json pod = fixture.get(which);
          var question =
              new Question(
                  new Obj()
                      .put("op", Json.text("evaluate"))
                      .put("at", Arr.of(Json.text(at)))
                      .put("pod", pod == null ? Json.NULL : pod));
          Line line = question.line();
          long before = System.nanoTime();
          String own = ours.answer(question, line);
          ourNanos += System.nanoTime() - before;
          String reference = oracle.ask(question);
          boolean asFolder =
              which.equals("raw") || own.contains("\"allowed\":true") == passes(fixture);
          if (Deviations.between(question, reference, own, false) == null || !asFolder) {
            differences++;
            found.accept(
                new Difference(
                    "fixture " + Json.string(fixture.get("id")) + " (" + which + ")",
                    new String(line.bytes(), StandardCharsets.UTF_8),
                    reference,
                    own));
          }
        }
      }
    }
    return new Tally(
        TITLE,
        cases,
        differences,
        deviations,
        oracle.cpu().toNanos() - cpu,
        ourNanos,
        System.nanoTime() - start);
  }

  private static boolean passes(Obj fixture) {
    return GoJson.print(fixture.get("pass") instanceof Json.Raw pass ? pass : Json.NULL)
        .equals("true");
  }

  private static String policyVersion(Obj fixture) {
    String version = Json.string(fixture.get("version"));
    return version == null ? "latest" : version;
  }
}

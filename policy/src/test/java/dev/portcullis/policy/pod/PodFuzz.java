package dev.portcullis.policy.pod;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonCursorAgainstJacksonTest;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.util.List;

/**
 * Targets for Jazzer, run with {@code -Pfuzz}: over their seeds, or without end with JAZZER_FUZZ=1
 * in the environment and one of the methods given by {@code -Dtest}.
 */
class PodFuzz {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final List<LevelVersion> PAIRS =
      List.of(
          new LevelVersion(Level.BASELINE, Version.of(0)),
          new LevelVersion(Level.RESTRICTED, Version.LATEST));

  /** Whatever the bytes are, there is a verdict or a JsonException. */
  @FuzzTest(maxDuration = "5m")
  void isJudgedOrRefused(byte[] document) {
    try {
      PodView pod = PodDecoder.decode(JsonSlice.of(document), JsonLimits.STANDARD);
      for (LevelVersion at : PAIRS) {
        Verdict verdict = EVALUATOR.evaluate(at, pod);
        if (verdict.allowed() != verdict.detail().isEmpty()) {
          throw new AssertionError("allowed and denied at once: " + verdict.detail());
        }
      }
    } catch (JsonException refused) {
      if (refused.getMessage().length() > 4_000) {
        throw new AssertionError("nobody reads a message of that length", refused);
      }
    }
  }

  /** The cursor and Jackson agree on every document. */
  @FuzzTest(maxDuration = "5m")
  void isReadAsJacksonReadsIt(byte[] document) {
    JsonCursorAgainstJacksonTest.assertAgrees(document);
  }
}

package dev.portcullis.advice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The exported policy says of pods what the engine says, word by word. */
class ExportedChecksTest {
  private static final int RANDOM_PODS = Integer.getInteger("export.pods", 1_200);

  private final CelPolicy policy = new CelPolicy(Judged.enforcePolicy(37));

  @Test
  void fixturesAreJudgedAsByTheEngine() throws Exception {
    var differences = new ArrayList<String>();
    int compared = 0;
    int fixture = 0;
    for (Map<String, ?> pod : Judged.fixtures()) {
      // Just before something begins it must not have begun: a fifth of the fixtures shows that.
      List<Version> versions = fixture++ % 5 == 0 ? Judged.STARTS_AND_BEFORE : Judged.STARTS;
      for (Version version : versions) {
        compare(pod, Level.BASELINE, version, differences);
        compare(pod, Level.RESTRICTED, version, differences);
        compared += 2;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(6_000);
  }

  @Test
  void randomPodsAreJudgedAsByTheEngine() throws Exception {
    var random = new SplittableRandom(20261128L);
    var differences = new ArrayList<String>();
    int forbidden = 0;
    for (int i = 0; i < RANDOM_PODS; i++) {
      Map<String, ?> pod = new RandomPods(random).pod();
      for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
        Version version =
            random.nextInt(3) == 0
                ? Version.LATEST
                : Judged.STARTS_AND_BEFORE.get(random.nextInt(Judged.STARTS_AND_BEFORE.size()));
        forbidden += compare(pod, level, version, differences) ? 1 : 0;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(forbidden).isBetween(RANDOM_PODS / 4, 2 * RANDOM_PODS - RANDOM_PODS / 8);
  }

  @Test
  void latestIsTheVersionThatWasExportedFor() throws Exception {
    var at30 = new CelPolicy(Judged.enforcePolicy(30));
    for (Map<String, ?> pod : Judged.fixtures()) {
      String message =
          at30.message(
              CelPolicy.Input.create(
                  StoredPods.of(pod), Map.of("pod-security.kubernetes.io/enforce", "restricted")));
      String expected =
          Judged.violations("violates", new LevelVersion(Level.RESTRICTED, Version.of(30)), pod)
              .replace("\"restricted:v1.30\"", "\"restricted:latest\"");
      assertThat(message).isEqualTo(expected);
    }
  }

  private boolean compare(
      Map<String, ?> pod, Level level, Version version, List<String> differences) throws Exception {
    String difference = Judged.difference(policy, pod, level, version);
    if (difference != null && differences.size() < 5) {
      differences.add(difference);
    }
    return !Judged.violations("", new LevelVersion(level, version), pod).isEmpty();
  }
}

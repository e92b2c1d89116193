package dev.portcullis.conformance.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Generated pods are of all sorts: a generator that only makes bad pods tests little. */
class PodMixTest {
  private static final int PODS = 3_000;

  @Test
  void somePodsAreAllowedSomeBreakOneRuleAndSomeMany() throws Exception {
    for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
      Map<String, Integer> mix = new TreeMap<>();
      for (List<Check> broken : violations(level)) {
        mix.merge(broken.isEmpty() ? "none" : broken.size() == 1 ? "one" : "many", 1, Integer::sum);
      }
      assertThat(mix).as("%s breaks", level).hasSize(3);
      assertThat(mix.values()).as("%s breaks %s", level, mix).allMatch(n -> n > PODS / 12);
    }
  }

  @Test
  void everyCheckIsTheOnlyOneBrokenNowAndThen() throws Exception {
    Map<String, Integer> alone = new TreeMap<>();
    for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
      for (List<Check> broken : violations(level)) {
        if (broken.size() == 1) {
          alone.merge(broken.getFirst().id(), 1, Integer::sum);
        }
      }
    }
    assertThat(alone.keySet())
        .containsExactlyElementsOf(Checks.standard().stream().map(Check::id).sorted().toList());
  }

  @Test
  void aCaseDependsOnItsSeedAndIndexAlone() {
    assertThat(GoJson.print(PodMaker.pod(Dice.of(7, "pods", 99))))
        .isEqualTo(GoJson.print(PodMaker.pod(Dice.of(7, "pods", 99))))
        .isNotEqualTo(GoJson.print(PodMaker.pod(Dice.of(7, "pods", 100))))
        .isNotEqualTo(GoJson.print(PodMaker.pod(Dice.of(8, "pods", 99))));
  }

  private static List<List<Check>> violations(Level level) throws Exception {
    var evaluator = Evaluator.of(Checks.standard());
    List<List<Check>> all = new ArrayList<>();
    for (int i = 0; i < PODS; i++) {
      byte[] pod =
          GoJson.print(PodMaker.pod(Dice.of(137, "pods", i))).getBytes(StandardCharsets.UTF_8);
      var view = PodDecoder.decode(JsonSlice.of(pod), JsonLimits.STANDARD);
      all.add(
          evaluator.evaluate(new LevelVersion(level, Version.LATEST), view).violations().stream()
              .map(violation -> violation.check())
              .toList());
    }
    return all;
  }
}

package dev.portcullis.policy.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code -Dremedies.pods=100000} is the full count of generated pods. */
class RemediesTest {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final Remedies REMEDIES = Remedies.of(EVALUATOR);
  private static final int PODS = Integer.getInteger("remedies.pods", 4_000);

  @Test
  void remediedPodsFailExactlyTheChecksWithSomethingLeft() throws JsonException {
    var failing = 0;
    for (long seed = 0; failing < PODS; seed++) {
      var tree = RandomPods.pod(seed);
      LevelVersion at = policy(seed);
      PodView pod = decode(tree);
      if (EVALUATOR.evaluate(at, pod).allowed()) {
        continue;
      }
      failing++;
      for (Risk most : List.of(Risk.SAFE, Risk.MAY_BREAK)) {
        Plan plan = REMEDIES.plan(at, pod, most);
        PodView remedied = decode(JsonPatch.apply(RandomPods.pod(seed), plan.toJsonPatch()));
        Set<String> left = new TreeSet<>(plan.left().stream().map(Remedy::check).toList());
        assertThat(failing(at, remedied)).as("pod %s at %s: %s", seed, at, plan).isEqualTo(left);
        assertThat(REMEDIES.plan(at, remedied, most).edits())
            .as("pod %s at %s, twice", seed, at)
            .isEmpty();
      }
    }
  }

  @Test
  void safeRemediesOnlyAddFieldsThatWereUnset() throws JsonException {
    for (long seed = 0; seed < PODS; seed++) {
      Plan plan = REMEDIES.plan(policy(seed), decode(RandomPods.pod(seed)), Risk.SAFE);
      Object before = RandomPods.pod(seed);
      Object after = JsonPatch.apply(RandomPods.pod(seed), plan.toJsonPatch());
      assertThat(plan.edits()).allMatch(edit -> edit.op() == Edit.Op.ADD);
      assertThat(additions(before, after)).as("pod %s", seed).isTrue();
    }
  }

  @Test
  void everyFailingCheckHasARemedyOrAnOption() throws JsonException {
    var seen = new TreeSet<String>();
    for (long seed = 0; seed < PODS; seed++) {
      LevelVersion at = policy(seed);
      PodView pod = decode(RandomPods.pod(seed));
      Plan plan = REMEDIES.plan(at, pod, Risk.DECISION);
      var named = new TreeSet<String>();
      for (Remedy remedy : both(plan)) {
        named.add(remedy.check());
        assertThat(remedy.effect()).endsWith(".");
        assertThat(remedy.risk() == Risk.DECISION ? remedy.options() : remedy.edits()).isNotEmpty();
      }
      assertThat(named).isEqualTo(failing(at, pod));
      seen.addAll(named);
    }
    assertThat(seen)
        .containsExactlyElementsOf(
            new TreeSet<>(EVALUATOR.checks().stream().map(c -> c.id()).toList()));
  }

  @Test
  void aBareContainerNeedsFourFields() throws JsonException {
    PodView pod = decode(JsonTree.read("{\"spec\":{\"containers\":[{\"name\":\"web\"}]}}"));
    var restricted = new LevelVersion(Level.RESTRICTED, Version.LATEST);

    assertThat(REMEDIES.plan(restricted, pod, Risk.MAY_BREAK).toJsonPatch())
        .isEqualTo(
            """
            [{"op":"add","path":"/spec/containers/0/securityContext","value":{"allowPrivilegeEscalation":false}},\
            {"op":"add","path":"/spec/containers/0/securityContext/capabilities","value":{"drop":["ALL"]}},\
            {"op":"add","path":"/spec/securityContext","value":{"runAsNonRoot":true}},\
            {"op":"add","path":"/spec/securityContext/seccompProfile","value":{"type":"RuntimeDefault"}}]\
            """);
    assertThat(REMEDIES.plan(restricted, pod, Risk.SAFE).left().stream().map(Remedy::check))
        .containsExactly("capabilities_restricted", "runAsNonRoot");
  }

  private static LevelVersion policy(long seed) {
    Level level = seed % 3 == 0 ? Level.BASELINE : Level.RESTRICTED;
    return new LevelVersion(level, seed % 2 == 0 ? Version.LATEST : Version.of(seed / 3 % 40));
  }

  private static Set<String> failing(LevelVersion at, PodView pod) {
    var checks = new TreeSet<String>();
    for (Verdict.Violation violation : EVALUATOR.evaluate(at, pod).violations()) {
      checks.add(violation.check().id());
    }
    return checks;
  }

  private static List<Remedy> both(Plan plan) {
    var all = new ArrayList<>(plan.applied());
    all.addAll(plan.left());
    return all;
  }

  /**
   * {@return whether {@code after} holds all that {@code before} held, a null or empty object
   * perhaps filled}
   */
  private static boolean additions(Object before, Object after) {
    if (before == null) {
      return true;
    }
    if (before instanceof Map<?, ?> map && after instanceof Map<?, ?> fuller) {
      return map.entrySet().stream()
          .allMatch(e ->
              fuller.containsKey(e.getKey()) && additions(e.getValue(), fuller.get(e.getKey())));
    }
    if (before instanceof List<?> list
        && after instanceof List<?> same
        && list.size() == same.size()) {
      for (int i = 0; i < list.size(); i++) {
        if (!additions(list.get(i), same.get(i))) {
          return false;
        }
      }
      return true;
    }
    return before.equals(after);
  }

  private static PodView decode(Object tree) throws JsonException {
    byte[] json = JsonTree.write(tree).getBytes(StandardCharsets.UTF_8);
    return PodDecoder.decode(JsonSlice.of(json), JsonLimits.STANDARD);
  }
}

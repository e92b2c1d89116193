package dev.portcullis.policy;

import static dev.portcullis.policy.Check.Revision.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.remedy.JsonTree;
import dev.portcullis.policy.remedy.RandomPods;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandardTest {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final List<LevelVersion> EVERYWHERE = everywhere(EVALUATOR);

  @Test
  void thereAreThirtyOneRevisions() {
    assertThat(EVALUATOR.standard().rows()).hasSize(31);
    assertThat(EVALUATOR.standard().rows())
        .map(row -> row.check().id() + " " + row.revision().since())
        .startsWith("appArmorProfile v1.0", "capabilities_baseline v1.0")
        .doesNotHaveDuplicates();
  }

  static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/checks"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void masksAgreeWithVerdictsOnEveryFixture(Path file) throws Exception {
    int pods = 0;
    for (String line : Files.readAllLines(file)) {
      if (JsonTree.read(line) instanceof Map<?, ?> fixture && fixture.get("pod") != null) {
        assertAgrees(EVALUATOR, EVERYWHERE, pod(JsonTree.write(fixture.get("pod"))));
        pods++;
      }
    }
    assertThat(pods).isPositive();
  }

  @Test
  void masksAgreeWithVerdictsOnGeneratedPods() throws Exception {
    boolean some = false;
    for (long seed = 0; seed < 5_000; seed++) {
      PodView pod = pod(JsonTree.write(RandomPods.pod(seed)));
      assertAgrees(EVALUATOR, EVERYWHERE, pod);
      some |=
          EVALUATOR.standard().strictest(Version.LATEST, EVALUATOR.failing(pod)) == Level.BASELINE;
    }
    assertThat(some).isTrue();
  }

  @Test
  void anOlderEvaluatorKnowsNoLaterVersion() throws Exception {
    var old = Evaluator.of(Checks.standard(), Version.of(24));
    var at = new ArrayList<>(everywhere(old));
    at.add(new LevelVersion(Level.RESTRICTED, Version.of(99)));
    for (long seed = 0; seed < 500; seed++) {
      assertAgrees(old, at, pod(JsonTree.write(RandomPods.pod(seed))));
    }
    assertThat(old.standard().stops(Version.of(20)))
        .containsExactly(Version.of(22), Version.of(23));
  }

  @Test
  void versionsWhereSomethingChangesAreStops() {
    assertThat(EVALUATOR.standard().stops(Version.of(0)))
        .map(Version::minor)
        .containsExactly(0L, 8L, 19L, 22L, 23L, 25L, 27L, 29L, 31L, 32L, 34L, 35L, 37L);
  }

  @Test
  void moreRevisionsThanBitsAreRefused() {
    List<Check> many =
        IntStream.range(0, 65)
            .mapToObj(i -> Check.baseline("c" + i, since(0, pod -> CheckResult.ALLOWED)))
            .toList();
    assertThatThrownBy(() -> Evaluator.of(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("65 revisions of checks, and no more than 64 have a bit");
  }

  private static void assertAgrees(
      Evaluator evaluator, List<LevelVersion> everywhere, PodView pod) {
    Standard standard = evaluator.standard();
    long failing = evaluator.failing(pod);
    for (LevelVersion at : everywhere) {
      List<Check> expected =
          evaluator.evaluate(at, pod).violations().stream().map(Verdict.Violation::check).toList();
      assertThat(standard.checks(failing & standard.mask(at))).as("%s", at).isEqualTo(expected);
      assertThat(standard.allows(at, failing)).isEqualTo(expected.isEmpty());
      Level strictest = standard.strictest(at.version(), failing);
      assertThat(at.level().stricterThan(strictest))
          .as("%s with %s", at, strictest)
          .isEqualTo(!expected.isEmpty() && !allowedHigher(evaluator, at, pod));
    }
  }

  /** A restricted check may replace a baseline one that asks for more. */
  private static boolean allowedHigher(Evaluator evaluator, LevelVersion at, PodView pod) {
    return at.level() == Level.BASELINE
        && evaluator.evaluate(new LevelVersion(Level.RESTRICTED, at.version()), pod).allowed();
  }

  private static List<LevelVersion> everywhere(Evaluator evaluator) {
    var all = new ArrayList<LevelVersion>();
    for (Level level : Level.values()) {
      for (long minor = 0; minor <= evaluator.newest().minor() + 2; minor++) {
        all.add(new LevelVersion(level, Version.of(minor)));
      }
      all.add(new LevelVersion(level, Version.LATEST));
    }
    return all;
  }

  private static PodView pod(String json) throws Exception {
    return PodDecoder.decode(
        JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
  }
}

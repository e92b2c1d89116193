package dev.portcullis.advice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The exported policy says of pods what the engine says, word by word. */
class ExportedChecksTest {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final Path FIXTURES = Path.of("../policy/src/test/resources/fixtures.jsonl");
  private static final int RANDOM_PODS = Integer.getInteger("export.pods", 1_500);

  /** All at which something begins, and one that is not born yet. */
  private static final List<Version> STARTS =
      Stream.concat(
              Checks.standard().stream()
                  .flatMap(check -> check.revisions().stream())
                  .map(revision -> revision.since().minor()),
              Stream.of(38L))
          .distinct()
          .sorted()
          .map(Version::of)
          .toList();

  private static final List<Version> STARTS_AND_BEFORE =
      STARTS.stream()
          .flatMap(start -> Stream.of(Math.max(0, start.minor() - 1), start.minor()))
          .distinct()
          .map(Version::of)
          .toList();

  /** Go escapes characters that no printer shows; {@code strings.quote} leaves them. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\u(00a0|200b)");

  private final CelPolicy policy = new CelPolicy(enforce(37));

  @Test
  void fixturesAreJudgedAsByTheEngine() throws Exception {
    var differences = new ArrayList<String>();
    int compared = 0;
    int fixture = 0;
    for (String line : Files.readAllLines(FIXTURES)) {
      @SuppressWarnings("unchecked")
      var pod =
          (Map<String, ?>) TreeReader.object(line.getBytes(StandardCharsets.UTF_8)).get("pod");
      // Just before something begins it must not have begun: a fifth of the fixtures shows that.
      List<Version> versions = fixture++ % 5 == 0 ? STARTS_AND_BEFORE : STARTS;
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
                : STARTS_AND_BEFORE.get(random.nextInt(STARTS_AND_BEFORE.size()));
        forbidden += compare(pod, level, version, differences) ? 1 : 0;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(forbidden).isBetween(RANDOM_PODS / 4, 2 * RANDOM_PODS - RANDOM_PODS / 8);
  }

  private boolean compare(
      Map<String, ?> pod, Level level, Version version, List<String> differences) throws Exception {
    var at = new LevelVersion(level, version);
    Verdict verdict = EVALUATOR.evaluate(at, view(pod));
    String expected =
        verdict.allowed()
            ? ""
            : "violates PodSecurity \"" + at + "\": " + unescaped(verdict.detail());
    String actual =
        policy.message(
            CelPolicy.Input.create(
                StoredPods.of(pod),
                Map.of(
                    PolicyLabels.ENFORCE,
                    level.toString(),
                    PolicyLabels.ENFORCE_VERSION,
                    version.toString())));
    if (!actual.equals(expected) && differences.size() < 5) {
      differences.add(json(pod) + "\n  engine: " + expected + "\n  policy: " + actual);
    }
    return !verdict.allowed();
  }

  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
  }

  private static PodView view(Map<String, ?> pod) throws Exception {
    byte[] json = json(pod).getBytes(StandardCharsets.UTF_8);
    return PodDecoder.decode(JsonSlice.of(json), JsonLimits.STANDARD);
  }

  private static String json(Object value) {
    return RandomPods.json(value);
  }

  private static Map<String, Object> enforce(int minor) {
    return policies(minor).stream()
        .filter(object ->
            object.get("kind").equals("ValidatingAdmissionPolicy")
                && ValidatingPolicies.name(object).equals("pod-security.portcullis.dev"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, Object>> policies(int minor) {
    var options =
        new ExportOptions(
            PodSecurityConfiguration.ALLOW_ALL,
            ExportOptions.Profile.REPLACE,
            minor,
            EnumSet.of(Mode.ENFORCE),
            PolicyLabels.PREFIX,
            ExportOptions.Workloads.NONE,
            false,
            true,
            "test");
    return ValidatingPolicies.of(options, EVALUATOR).objects();
  }
}

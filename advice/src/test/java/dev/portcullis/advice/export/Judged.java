package dev.portcullis.advice.export;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod judged twice: by the engine and by an exported policy. */
final class Judged {
  static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());

  /** All at which something begins, and one that is not born yet. */
  static final List<Version> STARTS =
      Stream.concat(
              Checks.standard().stream()
                  .flatMap(check -> check.revisions().stream())
                  .map(revision -> revision.since().minor()),
              Stream.of(38L))
          .distinct()
          .sorted()
          .map(Version::of)
          .toList();

  static final List<Version> STARTS_AND_BEFORE =
      STARTS.stream()
          .flatMap(start -> Stream.of(Math.max(0, start.minor() - 1), start.minor()))
          .distinct()
          .map(Version::of)
          .toList();

  private static final Path FIXTURES = Path.of("../policy/src/test/resources/checks");

  /** Go escapes characters that no printer shows; {@code strings.quote} leaves them. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\[ux](00a0|200b|01)");

  private Judged() {}

  /** {@return the engine's own fixtures} */
  static List<Map<String, ?>> fixtures() {
    var pods = new LinkedHashSet<Map<String, ?>>();
    try (var files = Files.list(FIXTURES)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          if (TreeReader.object(line.getBytes(StandardCharsets.UTF_8)).get("pod")
              instanceof Map<?, ?> pod) {
            @SuppressWarnings("unchecked")
            var typed = (Map<String, ?>) pod;
            pods.add(typed);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(pods);
  }

  /** {@return what both say, where that differs, or null} */
  static @Nullable String difference(
      CelPolicy policy, Map<String, ?> pod, Level level, Version version) throws JsonException {
    var at = new LevelVersion(level, version);
    String expected = violations("violates", at, pod);
    String actual =
        policy.message(
            CelPolicy.Input.create(
                StoredPods.of(pod),
                Map.of(
                    PolicyLabels.ENFORCE,
                    level.toString(),
                    PolicyLabels.ENFORCE_VERSION,
                    version.toString())));
    return actual.equals(expected)
        ? null
        : RandomPods.json(pod) + "\n  engine: " + expected + "\n  policy: " + actual;
  }

  /** {@return the engine's text, as {@code strings.quote} quotes, or nothing} */
  static String violations(String verb, LevelVersion at, Map<String, ?> pod) throws JsonException {
    Verdict verdict = EVALUATOR.evaluate(at, view(pod));
    return verdict.allowed()
        ? ""
        : verb + " PodSecurity \"" + at + "\": " + unescaped(verdict.detail());
  }

  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
  }

  private static PodView view(Map<String, ?> pod) throws JsonException {
    byte[] json = RandomPods.json(pod).getBytes(StandardCharsets.UTF_8);
    return PodDecoder.decode(JsonSlice.of(json), JsonLimits.STANDARD);
  }

  static Map<String, Object> enforcePolicy(int minor) {
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
    return policy(ValidatingPolicies.of(options, EVALUATOR), "pod-security.portcullis.dev");
  }

  /** {@return the policy of this name} */
  static Map<String, Object> policy(ValidatingPolicies policies, String name) {
    return policies.objects().stream()
        .filter(object ->
            ExportedObject.POLICY.equals(object.get("kind"))
                && ValidatingPolicies.name(object).equals(name))
        .findFirst()
        .orElseThrow();
  }
}

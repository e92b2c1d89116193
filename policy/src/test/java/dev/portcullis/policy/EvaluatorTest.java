package dev.portcullis.policy;

import static dev.portcullis.policy.Check.Revision.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Forbidden.Explanation;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Set<String> BASELINE =
      Set.of(
          "appArmorProfile",
          "capabilities_baseline",
          "hostNamespaces",
          "hostPathVolumes",
          "hostPorts",
          "privileged",
          "procMount",
          "seLinuxOptions",
          "seccompProfile_baseline",
          "sysctls",
          "windowsHostProcess");

  private final Evaluator evaluator = Evaluator.of(Checks.standard());

  @Test
  void everyVersionHasTheChecksOfTheReference() {
    for (int minor = 0; minor <= 40; minor++) {
      var baseline = new TreeSet<>(BASELINE);
      if (minor >= 34) {
        baseline.add("hostProbesAndHostLifecycle");
      }
      var restricted = new TreeSet<>(baseline);
      restricted.remove("hostPathVolumes");
      restricted.addAll(Set.of("restrictedVolumes", "runAsNonRoot"));
      if (minor >= 8) {
        restricted.add("allowPrivilegeEscalation");
      }
      if (minor >= 19) {
        restricted.remove("seccompProfile_baseline");
        restricted.add("seccompProfile_restricted");
      }
      if (minor >= 22) {
        restricted.remove("capabilities_baseline");
        restricted.add("capabilities_restricted");
      }
      if (minor >= 23) {
        restricted.add("runAsUser");
      }
      if (minor >= 35) {
        restricted.remove("procMount");
        restricted.add("procMount_restricted");
      }
      assertThat(new TreeSet<>(ids(Level.BASELINE, Version.of(minor)))).isEqualTo(baseline);
      assertThat(new TreeSet<>(ids(Level.RESTRICTED, Version.of(minor)))).isEqualTo(restricted);
      assertThat(ids(Level.PRIVILEGED, Version.of(minor))).isEmpty();
    }
  }

  @Test
  void answersComeBaselineFirstThenInByteOrder() {
    for (long minor = 0; minor <= evaluator.newest().minor(); minor++) {
      List<Check> checks =
          evaluator.checksAt(new LevelVersion(Level.RESTRICTED, Version.of(minor)));
      assertThat(checks)
          .isSortedAccordingTo(
              Comparator.comparing(Check::level).thenComparing(Check::id, GoText.BYTE_ORDER));
      assertThat(checks).extracting(Check::level).contains(Level.BASELINE);
    }
    assertThat(ids(Level.RESTRICTED, Version.LATEST))
        .containsSubsequence("appArmorProfile", "sysctls", "allowPrivilegeEscalation", "runAsUser")
        .doesNotContain("capabilities_baseline", "seccompProfile_baseline");
  }

  @Test
  void versionsPastTheNewestCountAsIt() throws Exception {
    var pod = pod("{\"spec\":{\"containers\":[{\"name\":\"a\"}]}}");
    Version last = evaluator.newest();
    var newest = evaluator.evaluate(new LevelVersion(Level.RESTRICTED, last), pod);
    Version next = Version.of(last.minor() + 1);
    for (Version version : List.of(next, Version.of(Long.MAX_VALUE), Version.LATEST)) {
      var verdict = evaluator.evaluate(new LevelVersion(Level.RESTRICTED, version), pod);
      assertThat(verdict.detail()).isEqualTo(newest.detail());
    }
  }

  @Test
  void anEmulatedVersionIsTheNewestThereIs() throws Exception {
    var pod =
        pod(
            """
            {"spec": {"containers": [{"name": "a", "livenessProbe": {"httpGet": {"host": "h"}}}]}}
            """);
    var emulating = Evaluator.of(Checks.standard(), Version.of(33));
    assertThat(emulating.newest()).isEqualTo(Version.of(33));
    for (Version version : List.of(Version.LATEST, Version.of(34), evaluator.newest())) {
      var at = new LevelVersion(Level.BASELINE, version);
      assertThat(emulating.evaluate(at, pod).allowed()).isTrue();
      assertThat(evaluator.evaluate(at, pod).reason()).isEqualTo("probe or lifecycle host");
    }
    for (Version newer : List.of(Version.of(99), Version.LATEST)) {
      assertThat(Evaluator.of(Checks.standard(), newer).newest()).isEqualTo(evaluator.newest());
    }
  }

  @Test
  void refusesChecksThatContradictEachOther() {
    assertRefused("multiple checks registered for ID a", baseline("a"), baseline("a"));
    assertRefused(
        "check a: invalid level privileged", new Check("a", Level.PRIVILEGED, List.of(rev(0))));
    assertRefused("check a: empty", Check.baseline("a"));
    assertRefused(
        "check a: version cannot be 'latest'",
        Check.baseline(
            "a", new Check.Revision(Version.LATEST, pod -> CheckResult.ALLOWED, List.of())));
    assertRefused("check a: duplicate version v1.3", Check.baseline("a", rev(3), rev(3)));
    assertRefused(
        "check a: versions must be strictly increasing", Check.baseline("a", rev(3), rev(2)));
    assertRefused(
        "check a: only restricted checks may set overrides", Check.baseline("a", rev(0, "b")));
    assertRefused(
        "check a: overrides restricted check b",
        Check.restricted("a", rev(0, "b")),
        Check.restricted("b", rev(0)));
  }

  @Test
  void mayOverrideWhatDoesNotExist() {
    assertThat(Evaluator.of(List.of(Check.restricted("a", rev(0, "nobody")))).checks()).hasSize(1);
  }

  @Test
  void aReasonIsNeverEmpty() throws Exception {
    var check =
        Check.baseline(
            "odd", since(0, pod -> Forbidden.of("", () -> new Explanation("", List.of()))));
    var verdict =
        Evaluator.of(List.of(check))
            .evaluate(new LevelVersion(Level.BASELINE, Version.LATEST), pod("{}"));
    assertThat(verdict.reason()).isEqualTo("unknown forbidden reason");
    assertThat(verdict.detail()).isEqualTo("unknown forbidden reason");
  }

  @Test
  void aDetailIsWorkedOutOnceAndOnlyWhenAsked() throws Exception {
    var asked = new ArrayList<String>();
    var check =
        Check.baseline(
            "lazy",
            since(
                0,
                pod ->
                    Forbidden.of(
                        "lazy",
                        () -> {
                          asked.add("detail");
                          return new Explanation("d", List.of(FieldError.missing("spec.x")));
                        })));
    var verdict =
        Evaluator.of(List.of(check))
            .evaluate(new LevelVersion(Level.BASELINE, Version.LATEST), pod("{}"));
    assertThat(verdict.reason()).isEqualTo("lazy");
    assertThat(asked).isEmpty();
    assertThat(verdict.detail()).isEqualTo("lazy (d)");
    assertThat(verdict.violations().getFirst().result().fields())
        .containsExactly(FieldError.missing("spec.x"));
    assertThat(asked).containsExactly("detail");
  }

  @Test
  void privilegedAllowsEverything() throws Exception {
    var at = new LevelVersion(Level.PRIVILEGED, Version.LATEST);
    assertThat(evaluator.evaluate(at, pod("{\"spec\":{\"hostPID\":true}}")))
        .isSameAs(Verdict.ALLOWED);
    assertThat(Verdict.ALLOWED.reason()).isEmpty();
    assertThat(Verdict.ALLOWED.detail()).isEmpty();
  }

  private List<String> ids(Level level, Version version) {
    return evaluator.checksAt(new LevelVersion(level, version)).stream().map(Check::id).toList();
  }

  private static Check baseline(String id) {
    return Check.baseline(id, rev(0));
  }

  private static Check.Revision rev(long minor, String... overrides) {
    return since(minor, pod -> CheckResult.ALLOWED, overrides);
  }

  private static void assertRefused(String message, Check... checks) {
    assertThatThrownBy(() -> Evaluator.of(List.of(checks)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static PodView pod(String json) throws Exception {
    return PodDecoder.decode(
        JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
  }
}

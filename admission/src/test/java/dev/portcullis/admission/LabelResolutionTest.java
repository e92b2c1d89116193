package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Labels to policy, against a second implementation that follows the specification's sentences one
 * by one.
 */
class LabelResolutionTest {
  private static final String PREFIX = "pod-security.kubernetes.io/";

  @Property(tries = 2000)
  void labelsMeanWhatTheSpecificationSays(
      @ForAll("labels") Map<String, String> labels, @ForAll("policies") Policy defaults) {
    var resolution = PolicyLabels.resolve(labels, defaults);

    assertThat(resolution.policy() + " " + resolution.errors())
        .isEqualTo(obvious(labels, defaults));
  }

  @Property(tries = 300)
  void aNamespaceRemembersWhatItsLabelsMean(
      @ForAll("labels") Map<String, String> labels,
      @ForAll("policies") Policy one,
      @ForAll("policies") Policy other) {
    var found = Lookup.found(labels);

    assertThat(found.policy(one))
        .isEqualTo(PolicyLabels.resolve(labels, one))
        .isSameAs(found.policy(one));
    assertThat(found.policy(other)).isEqualTo(PolicyLabels.resolve(labels, other));
  }

  private static String obvious(Map<String, String> labels, Policy defaults) {
    Map<String, String> now = new HashMap<>();
    now.put("enforce", defaults.enforce().level().toString());
    now.put("enforce-version", defaults.enforce().version().toString());
    now.put("audit", defaults.audit().level().toString());
    now.put("audit-version", defaults.audit().version().toString());
    now.put("warn", defaults.warn().level().toString());
    now.put("warn-version", defaults.warn().version().toString());
    List<String> errors = new ArrayList<>();
    boolean enforceSet = false;
    for (String key :
        List.of("enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version")) {
      String value = labels.get(PREFIX + key);
      if (value == null) {
        continue;
      }
      boolean version = key.endsWith("-version");
      boolean valid =
          version
              ? value.equals("latest") || value.matches("v1\\.(0|[1-9][0-9]{0,17})")
              : List.of("privileged", "baseline", "restricted").contains(value);
      if (valid) {
        now.put(key, value);
        enforceSet |= key.equals("enforce");
      } else {
        now.put(key, version ? "latest" : key.equals("enforce") ? "restricted" : "privileged");
        String expected =
            version
                ? "must be \"latest\" or \"v1.x\""
                : "must be one of privileged, baseline, restricted";
        errors.add(
            "metadata.labels[" + PREFIX + key + "]: Invalid value: \"" + value + "\": " + expected);
      }
    }
    List<String> strictness = List.of("privileged", "baseline", "restricted");
    boolean stricter = strictness.indexOf(now.get("enforce")) > strictness.indexOf(now.get("warn"));
    if (!labels.containsKey(PREFIX + "warn") && enforceSet && stricter) {
      now.put("warn", now.get("enforce"));
      if (!labels.containsKey(PREFIX + "warn-version")) {
        now.put("warn-version", now.get("enforce-version"));
      }
    }
    return "Policy[enforce=%s:%s, audit=%s:%s, warn=%s:%s] %s"
        .formatted(
            now.get("enforce"),
            now.get("enforce-version"),
            now.get("audit"),
            now.get("audit-version"),
            now.get("warn"),
            now.get("warn-version"),
            errors);
  }

  @Provide
  Arbitrary<Map<String, String>> labels() {
    Arbitrary<String> keys =
        Arbitraries.of(
                "enforce",
                "enforce-version",
                "audit",
                "audit-version",
                "warn",
                "warn-version",
                "foo")
            .map(key -> PREFIX + key);
    Arbitrary<String> values =
        Arbitraries.of(
            "privileged",
            "baseline",
            "restricted",
            "latest",
            "v1.0",
            "v1.30",
            "v1.999",
            "",
            "Baseline",
            " baseline",
            "v1.01",
            "v2.0",
            "v1",
            "1.30",
            "v1.30 ",
            "foo");
    return Arbitraries.maps(keys, values).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Policy> policies() {
    Arbitrary<LevelVersion> pairs =
        Combinators.combine(
                Arbitraries.of(Level.values()),
                Arbitraries.of(Version.LATEST, Version.of(20), Version.of(37), Version.of(99)))
            .as(LevelVersion::new);
    return Combinators.combine(pairs, pairs, pairs).as(Policy::new);
  }
}

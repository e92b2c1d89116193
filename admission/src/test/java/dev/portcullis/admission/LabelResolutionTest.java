package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Version;
import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Labels to policy, against a second implementation that follows the specification's sentences one
 * by one.
 */
class LabelResolutionTest {
  private static final String PREFIX = "pod-security.kubernetes.io/";
  private static final List<String> KEYS =
      List.of(
          "enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version", "foo");
  private static final List<String> VALUES =
      List.of(
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

  @Test
  void labelsMeanWhatTheSpecificationSays() {
    Property.check(
        4000,
        random -> {
          Map<String, String> labels = labels(random);
          Policy defaults = policy(random);

          var resolution = PolicyLabels.resolve(labels, defaults);

          assertThat(resolution.policy() + " " + resolution.errors())
              .as("%s with defaults %s", labels, defaults)
              .isEqualTo(obvious(labels, defaults));
        });
  }

  @Test
  void aNamespaceRemembersWhatItsLabelsMean() {
    Property.check(1000, random -> assertRemembers(labels(random), policy(random), policy(random)));
  }

  private static void assertRemembers(Map<String, String> labels, Policy one, Policy other) {
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

  private static Map<String, String> labels(SplittableRandom random) {
    Map<String, String> labels = new HashMap<>();
    for (int left = random.nextInt(7); left > 0; left--) {
      labels.put(PREFIX + Generate.oneOf(random, KEYS), Generate.oneOf(random, VALUES));
    }
    return labels;
  }

  private static Policy policy(SplittableRandom random) {
    return new Policy(pair(random), pair(random), pair(random));
  }

  private static LevelVersion pair(SplittableRandom random) {
    return new LevelVersion(
        Generate.oneOf(random, Level.values()),
        Generate.oneOf(random, Version.LATEST, Version.of(20), Version.of(37), Version.of(99)));
  }
}

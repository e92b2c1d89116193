package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLabelsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # labels (without prefix)                                | enforce           | audit             | warn              | errors
          ''                                                        | privileged:latest | privileged:latest | privileged:latest | 0
          enforce=baseline                                          | baseline:latest   | privileged:latest | baseline:latest   | 0
          warn=restricted                                           | privileged:latest | privileged:latest | restricted:latest | 0
          audit=baseline                                            | privileged:latest | baseline:latest   | privileged:latest | 0
          enforce=baseline,enforce-version=v1.22                    | baseline:v1.22    | privileged:latest | baseline:v1.22    | 0
          enforce=baseline,enforce-version=v1.22,warn-version=latest| baseline:v1.22    | privileged:latest | baseline:latest   | 0
          enforce=baseline,warn-version=v1.23                       | baseline:latest   | privileged:latest | baseline:v1.23    | 0
          enforce=baseline,warn-version=x                           | baseline:latest   | privileged:latest | baseline:latest   | 1
          enforce=baseline,warn=privileged                          | baseline:latest   | privileged:latest | privileged:latest | 0
          enforce=baseline,warn=foo                                 | baseline:latest   | privileged:latest | privileged:latest | 1
          enforce=foo                                               | restricted:latest | privileged:latest | privileged:latest | 1
          enforce=                                                  | restricted:latest | privileged:latest | privileged:latest | 1
          audit=foo,audit-version=v1.01                             | privileged:latest | privileged:latest | privileged:latest | 2
          enforce=privileged,enforce-version=bogus                  | privileged:latest | privileged:latest | privileged:latest | 1
          enforce=restricted,enforce-version=bogus                  | restricted:latest | privileged:latest | restricted:latest | 1
          enforce=foo,enforce-version=a,audit=b,audit-version=c,warn=d,warn-version=e | restricted:latest | privileged:latest | privileged:latest | 6
          foo=bar,enforce-versions=v1.1                             | privileged:latest | privileged:latest | privileged:latest | 0
          """)
  void resolvesOverPrivilegedDefaults(
      String labels, String enforce, String audit, String warn, int errors) {
    var resolution = PolicyLabels.resolve(labels(labels), Policy.PRIVILEGED);
    assertThat(resolution.policy()).isEqualTo(policy(enforce, audit, warn));
    assertThat(resolution.errors()).hasSize(errors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                            | baseline:v1.30    | restricted:latest | privileged:v1.5
          enforce-version=v1.20         | baseline:v1.20    | restricted:latest | privileged:v1.5
          enforce=restricted            | restricted:v1.30  | restricted:latest | restricted:v1.30
          enforce=baseline              | baseline:v1.30    | restricted:latest | baseline:v1.30
          enforce=privileged            | privileged:v1.30  | restricted:latest | privileged:v1.5
          enforce=x                     | restricted:v1.30  | restricted:latest | privileged:v1.5
          enforce=baseline,warn-version=v1.9 | baseline:v1.30 | restricted:latest | baseline:v1.9
          audit=y                       | baseline:v1.30    | privileged:latest | privileged:v1.5
          warn=z                        | baseline:v1.30    | restricted:latest | privileged:v1.5
          """)
  void resolvesOverOtherDefaults(String labels, String enforce, String audit, String warn) {
    var defaults = policy("baseline:v1.30", "restricted:latest", "privileged:v1.5");
    assertThat(PolicyLabels.resolve(labels(labels), defaults).policy())
        .isEqualTo(policy(enforce, audit, warn));
  }

  @Test
  void errorsComeInOrderAndInTheReferencesWords() {
    var errors =
        PolicyLabels.resolve(
                labels("warn-version=w,warn=x,audit-version=v9,enforce=\"q\",enforce-version=bar"),
                Policy.PRIVILEGED)
            .errors();
    assertThat(errors)
        .extracting(Object::toString)
        .containsExactly(
            "metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"\\\"q\\\"\":"
                + " must be one of privileged, baseline, restricted",
            "metadata.labels[pod-security.kubernetes.io/enforce-version]: Invalid value: \"bar\":"
                + " must be \"latest\" or \"v1.x\"",
            "metadata.labels[pod-security.kubernetes.io/audit-version]: Invalid value: \"v9\":"
                + " must be \"latest\" or \"v1.x\"",
            "metadata.labels[pod-security.kubernetes.io/warn]: Invalid value: \"x\":"
                + " must be one of privileged, baseline, restricted",
            "metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"w\":"
                + " must be \"latest\" or \"v1.x\"");
    assertThat(PolicyLabels.aggregate(errors.subList(0, 1))).isEqualTo(errors.get(0).toString());
    assertThat(PolicyLabels.aggregate(errors.subList(0, 2)))
        .isEqualTo("[" + errors.get(0) + ", " + errors.get(1) + "]");
  }

  private static Map<String, String> labels(String text) {
    var labels = new LinkedHashMap<String, String>();
    for (String label : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = label.indexOf('=');
      labels.put(PolicyLabels.PREFIX + label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  private static Policy policy(String enforce, String audit, String warn) {
    return new Policy(pair(enforce), pair(audit), pair(warn));
  }

  private static LevelVersion pair(String text) {
    String[] parts = text.split(":", -1);
    return new LevelVersion(
        Objects.requireNonNull(Level.parse(parts[0])),
        Objects.requireNonNull(Version.parse(parts[1])));
  }
}

package dev.portcullis.advice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.advice.export.ExportedSet.State;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What became of an export in a cluster. */
class ExportedSetTest {
  private static final String POLICY = "ValidatingAdmissionPolicy pod-security.portcullis.dev";

  @Test
  void whatIsAsExportedIsFine() throws Exception {
    assertThat(stored(export(36), UnaryOperator.identity()).findings(36, 37, "1.0")).isEmpty();
  }

  @Test
  void emptyMembersOfTheApiServerAreNoEdit() throws Exception {
    var set =
        stored(
            export(36),
            json -> json.replace("\"matchPolicy\":", "\"objectSelector\":{},\"matchPolicy\":"));

    assertThat(set.findings(36, 37, "1.0")).isEmpty();
  }

  @Test
  void anEditIsFound() throws Exception {
    var set = stored(export(36), json -> json.replace("hostPID", "hostPIX"));

    assertThat(set.findings(36, 37, "1.0"))
        .contains(new ExportedSet.Finding(POLICY, State.EDITED, "it is not as it was exported"));
  }

  @Test
  void anUpgradeMakesThemStaleWhereAVersionIsKnown() throws Exception {
    assertThat(stored(export(36), UnaryOperator.identity()).findings(37, 37, "1.0"))
        .hasSize(4)
        .contains(
            new ExportedSet.Finding(
                POLICY, State.STALE, "it was made for v1.36, and the API server is v1.37"));
    assertThat(stored(export(38), UnaryOperator.identity()).findings(39, 37, "1.0")).isEmpty();
  }

  @Test
  void anotherPortcullisMakesThemStale() throws Exception {
    assertThat(stored(export(36), UnaryOperator.identity()).findings(36, 37, "1.1"))
        .hasSize(4)
        .contains(
            new ExportedSet.Finding(POLICY, State.STALE, "Portcullis 1.0 made it, this is 1.1"));
  }

  @Test
  void whatIsGoneIsMissing() throws Exception {
    var set = new ExportedSet();
    for (Map<String, Object> object : export(36).objects().subList(1, 4)) {
      set.add(
          ExportedObject.POLICY.equals(object.get("kind")),
          RandomPods.json(object).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(set.findings(36, 37, "1.0"))
        .containsExactly(
            new ExportedSet.Finding(
                POLICY, State.MISSING, "it was exported with the others and is not there"));
  }

  @Test
  void otherOptionsMakeOthers() throws Exception {
    var set = stored(export(36), UnaryOperator.identity());
    var guarded = export(36, true);

    assertThat(set.findings(guarded))
        .extracting(finding -> finding.state() + " " + finding.object())
        .containsExactly(
            "MISSING ValidatingAdmissionPolicy guard.pod-security.portcullis.dev",
            "MISSING ValidatingAdmissionPolicyBinding guard.pod-security.portcullis.dev");
    assertThat(stored(guarded, UnaryOperator.identity()).findings(export(36)))
        .extracting(finding -> finding.state() + " " + finding.object())
        .containsExactly(
            "LEFT_OVER ValidatingAdmissionPolicy guard.pod-security.portcullis.dev",
            "LEFT_OVER ValidatingAdmissionPolicyBinding guard.pod-security.portcullis.dev");
    assertThat(set.findings(export(35)))
        .containsExactly(
            new ExportedSet.Finding(
                POLICY,
                State.STALE,
                "it was made for v1.36 by 1.0; these options make another one"));
  }

  @Test
  void policiesOfOthersAreLeftAside() throws Exception {
    var set = new ExportedSet();
    set.add(true, "{\"metadata\":{\"name\":\"x\"},\"spec\":{}}".getBytes(StandardCharsets.UTF_8));

    assertThat(set.isEmpty()).isTrue();
  }

  private static ExportedSet stored(ValidatingPolicies policies, UnaryOperator<String> change)
      throws Exception {
    var set = new ExportedSet();
    for (Map<String, Object> object : policies.objects()) {
      set.add(
          ExportedObject.POLICY.equals(object.get("kind")),
          change.apply(RandomPods.json(object)).getBytes(StandardCharsets.UTF_8));
    }
    return set;
  }

  private static ValidatingPolicies export(int minor) {
    return export(minor, false);
  }

  private static ValidatingPolicies export(int minor, boolean guard) {
    return ValidatingPolicies.of(
        new ExportOptions(
            PodSecurityConfiguration.ALLOW_ALL,
            ExportOptions.Profile.REPLACE,
            minor,
            EnumSet.copyOf(List.of(Mode.ENFORCE)),
            PolicyLabels.PREFIX,
            ExportOptions.Workloads.NONE,
            guard,
            true,
            "1.0"),
        Judged.EVALUATOR);
  }
}

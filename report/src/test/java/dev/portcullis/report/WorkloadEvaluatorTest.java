package dev.portcullis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadEvaluatorTest {
  private static final LevelVersion RESTRICTED = new LevelVersion(Level.RESTRICTED, Version.LATEST);

  @Test
  void ofATemplateThatAnOperatorCompletesOnlyWhatIsStatedCounts() {
    Result knative =
        judge(
                """
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata: {name: hello, namespace: shop}
                spec:
                  template:
                    spec:
                      containers:
                      - {image: a, securityContext: {allowPrivilegeEscalation: true}}
                      - {image: b}
                """)
            .getFirst();
    ModeVerdict verdict = knative.verdicts().getFirst();
    assertThat(verdict.reason()).isEqualTo("allowPrivilegeEscalation != false");
    assertThat(verdict.violations().getFirst().places())
        .map(Place::path)
        .containsExactly("spec.containers[0].securityContext.allowPrivilegeEscalation");
    assertThat(knative.caution()).isEqualTo("Knative adds its container queue-proxy");
    assertThat(knative.template()).isEmpty();
  }

  @Test
  void whatIsMissingInATemplateThatIsTheWholePodViolates() {
    Result rollout =
        judge(
                """
                {apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web},
                 spec: {template: {spec: {containers: [{name: c, image: i}]}}}}
                """)
            .getFirst();
    assertThat(rollout.verdicts().getFirst().violations())
        .map(Violation::check)
        .containsExactly(
            "allowPrivilegeEscalation",
            "capabilities_restricted",
            "runAsNonRoot",
            "seccompProfile_restricted");
    assertThat(rollout.caution()).isEmpty();
  }

  @Test
  void eachTemplateOfAnObjectIsJudgedAndNamed() {
    List<Result> results =
        judge(
            """
            apiVersion: batch.volcano.sh/v1alpha1
            kind: Job
            metadata: {name: mpi, namespace: hpc}
            spec:
              tasks:
              - {template: {spec: {hostPID: true}}}
              - {template: {spec: {hostIPC: true}}}
            """);
    assertThat(results)
        .map(Result::title)
        .containsExactly(
            "Job hpc/mpi (spec.tasks[0].template)", "Job hpc/mpi (spec.tasks[1].template)");
    assertThat(results)
        .map(result -> result.verdicts().getFirst().violations().getFirst().detail())
        .containsExactly("hostPID=true", "hostIPC=true");
  }

  private static List<Result> judge(String manifest) {
    var evaluator = new WorkloadEvaluator(new PolicyChoice(RESTRICTED, null, Map.of(), null));
    var file = new ManifestReader().read("f.yaml", manifest.getBytes(StandardCharsets.UTF_8));
    assertThat(file.errors()).isEmpty();
    return file.workloads().stream().map(evaluator::judge).toList();
  }
}

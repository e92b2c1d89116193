package dev.portcullis.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.manifests.PodPath.Fidelity;
import dev.portcullis.policy.pod.ContainerView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadKindsTest {
  private static final String POD = "{containers: [{name: c, image: i}]}";

  static Stream<WorkloadKind> rows() {
    return WorkloadKinds.standard().rows().stream();
  }

  /** Builds an object from the row's own paths, and expects each of them back. */
  @ParameterizedTest
  @MethodSource("rows")
  void everyPathOfEveryRowIsRead(WorkloadKind kind) {
    for (String version : kind.versions()) {
      String apiVersion = kind.group().isEmpty() ? version : kind.group() + "/" + version;
      for (PodPath path : kind.pods()) {
        ManifestFile file = read(object(apiVersion, kind.kind(), path));
        assertThat(file.errors()).isEmpty();
        assertThat(file.skipped()).isEmpty();
        // A star in an object of this test stands for two.
        int stars = path.text().length() - path.text().replace("*", "").length();
        List<Workload> found =
            file.workloads().stream().filter(of -> of.template().equals(path)).toList();
        assertThat(found.size()).isEqualTo(1 << stars);
        for (Workload workload : found) {
          assertThat(workload.type().equals(kind)).isTrue();
          assertThat(workload.pod().containers()).map(ContainerView::name).containsExactly("c");
        }
      }
      if (kind.pods().isEmpty()) {
        ManifestFile file =
            read("{apiVersion: " + apiVersion + ", kind: " + kind.kind() + ", spec: {}}");
        assertThat(file.skipped())
            .map(Skipped::reason)
            .containsExactly(kind.kind() + ", whose pods cannot be judged: " + kind.note());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRowSaysWhyItsPodsMayDiffer(WorkloadKind kind) {
    boolean exact =
        !kind.pods().isEmpty()
            && kind.pods().stream().allMatch(path -> path.fidelity() == Fidelity.EXACT);
    assertThat(exact || !kind.note().isEmpty()).isTrue();
  }

  @Test
  void noTwoRowsAreAboutOneKind() {
    assertThat(WorkloadKinds.standard().rows())
        .extracting(kind -> kind.group() + "/" + kind.kind())
        .doesNotHaveDuplicates();
    assertThat(WorkloadKinds.standard().rows())
        .extracting(WorkloadKind::resourcePath)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "v1,Pod,api/v1/pods",
    "apps/v1,StatefulSet,apis/apps/v1/statefulsets",
    "apps.kruise.io/v1alpha1,StatefulSet,apis/apps.kruise.io/v1beta1/statefulsets",
    "batch.volcano.sh/v1alpha1,Job,apis/batch.volcano.sh/v1alpha1/jobs",
    "serving.knative.dev/v1,Service,apis/serving.knative.dev/v1/services"
  })
  void kindsAreToldApartByTheirGroup(String apiVersion, String kind, String path) {
    var found = WorkloadKinds.standard().find(apiVersion, kind);
    assertThat(found).isNotNull().extracting(WorkloadKind::resourcePath).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"v1,Service", "v1,Deployment", "apps/v2,Deployment", "example.com/v1,Job", "v1,pod"})
  void otherKindsAreNotKnown(String apiVersion, String kind) {
    assertThat(WorkloadKinds.standard().find(apiVersion, kind)).isNull();
  }

  @Test
  void anObjectWithSeveralTemplatesGivesSeveralWorkloads() {
    ManifestFile file =
        read(
            """
            apiVersion: ray.io/v1
            kind: RayCluster
            metadata: {name: r, namespace: ml}
            spec:
              headGroupSpec: {template: {spec: {containers: [{name: head, image: i}]}}}
              workerGroupSpecs:
              - {template: {spec: {containers: [{name: small, image: i}]}}}
              - {template: null}
              - {}
              - template:
                  spec:
                    hostNetwork: true
                    containers: [{name: big, image: i}]
            """);
    assertThat(file.workloads())
        .map(Workload::podPath)
        .containsExactly(
            "spec.headGroupSpec.template",
            "spec.workerGroupSpecs[0].template",
            "spec.workerGroupSpecs[3].template");
    Workload big = file.workloads().getLast();
    assertThat(big.positionOf("spec.hostNetwork").line()).isEqualTo(12);
    assertThat(big.podSteps()).isEqualTo(List.of("spec", "workerGroupSpecs", 3, "template"));
    assertThat(big.oneOfSeveral()).isTrue();
  }

  @Test
  void aSpecWithoutMetadataHasPositionsOfItsOwn() {
    ManifestFile file =
        read(
            """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: p, annotations: {container.seccomp.security.alpha.kubernetes.io/c: unconfined}}
            spec:
              replicas: 2
              hostNetwork: true
            """);
    Workload workload = file.workloads().getFirst();
    assertThat(workload.pod().hostNetwork()).isTrue();
    assertThat(workload.pod().annotations()).isEmpty();
    assertThat(workload.positionOf("spec.hostNetwork").line()).isEqualTo(6);
    assertThat(workload.positionOf("spec.securityContext.runAsNonRoot").line()).isEqualTo(5);
  }

  @Test
  void aMapsKeysAreInThePath() {
    ManifestFile file =
        read(
            """
            {apiVersion: kubeflow.org/v1, kind: PyTorchJob, spec: {pytorchReplicaSpecs: {
              Master: {template: {spec: {}}}, "odd.key": {template: {spec: {}}}}}}
            """);
    assertThat(file.workloads())
        .map(Workload::podPath)
        .containsExactly(
            "spec.pytorchReplicaSpecs.Master.template",
            "spec.pytorchReplicaSpecs[\"odd.key\"].template");
    assertThat(file.workloads().getLast().podSteps())
        .isEqualTo(List.of("spec", "pytorchReplicaSpecs", "odd.key", "template"));
  }

  @Test
  void whatHoldsNoTemplateIsNamed() {
    ManifestFile file =
        read(
            """
            {apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {workloadRef: {name: web}}}
            ---
            {apiVersion: batch.volcano.sh/v1alpha1, kind: Job, spec: {tasks: []}}
            """);
    assertThat(file.workloads()).isEmpty();
    assertThat(file.skipped())
        .map(Skipped::reason)
        .containsExactly(
            "Rollout without a pod in spec.template; it may take its pod from the workload that"
                + " spec.workloadRef names",
            "Job without a pod in spec.tasks[*].template");
  }

  @Test
  void aTemplateOfAnotherTypeIsAnError() {
    ManifestFile file =
        read("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {template: [1]}}");
    assertThat(file.errors())
        .map(ManifestError::message)
        .containsExactly("spec.template: must be an object");
  }

  @Test
  void aUserAddsRowsAndReplacesOthersButNotKubernetesOwn() {
    var own =
        new WorkloadKind(
            "example.com",
            List.of("v1"),
            "Shop",
            "shops",
            List.of(new PodPath("spec.pods{*}", PodPath.Shape.SPEC, Fidelity.EXACT)),
            "Pod",
            "");
    var rollout =
        new WorkloadKind(
            "argoproj.io", List.of("v1alpha1"), "Rollout", "rollouts", List.of(), "", "no");
    var pod = new WorkloadKind("", List.of("v1"), "Pod", "pods", List.of(), "", "no");
    var kinds = WorkloadKinds.standard().with(List.of(own, rollout, pod));
    assertThat(kinds.find("example.com/v2", "Shop")).isEqualTo(own);
    assertThat(kinds.find("argoproj.io/v1alpha1", "Rollout")).isEqualTo(rollout);
    assertThat(kinds.find("v1", "Pod")).isEqualTo(WorkloadKinds.builtIn().getFirst());
    ManifestFile file =
        new ManifestReader(kinds)
            .read(
                "f.yaml",
                ("{apiVersion: example.com/v1, kind: Shop, spec: {pods: {a: " + POD + "}}}")
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(file.workloads()).map(Workload::podPath).containsExactly("spec.pods.a");
  }

  @ParameterizedTest
  @CsvSource({"spec..a", "spec.", "'spec[0]'", "'spec.[*]'", "'a b'", "'spec{x}'"})
  void whatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> new PodPath(text, PodPath.Shape.TEMPLATE, Fidelity.EXACT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no path, write spec.template");
  }

  private static ManifestFile read(String text) {
    return new ManifestReader().read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String object(String apiVersion, String kind, PodPath path) {
    String value = path.shape() == PodPath.Shape.SPEC ? POD : "{spec: " + POD + "}";
    var keys = new ArrayList<>(path.keys());
    while (!keys.isEmpty()) {
      String key = keys.removeLast();
      String name = key.replace("[*]", "").replace("{*}", "");
      if (key.endsWith("[*]")) {
        value = "[" + value + ", " + value + "]";
      } else if (key.endsWith("{*}")) {
        value = "{x: " + value + ", y: " + value + "}";
      }
      value = "{" + name + ": " + value + "}";
    }
    return "{apiVersion: " + apiVersion + ", kind: " + kind + ", " + value.substring(1);
  }
}

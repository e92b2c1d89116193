package dev.portcullis.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.portcullis.policy.pod.VolumeSource;
import dev.portcullis.policy.pod.VolumeView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  @Test
  void readsSeveralDocumentsAndNumbersThemFromZero() {
    ManifestFile file =
        read(
            """
            # a comment is no document
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: prod
              labels:
                pod-security.kubernetes.io/enforce: restricted
            ---
            # but an empty document between two marks is
            ---
            apiVersion: v1
            kind: Service
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: prod}
            spec:
              containers:
              - {name: c, image: i}
            """);
    assertThat(file.namespaces())
        .extracting(NamespaceManifest::name, NamespaceManifest::labels)
        .containsExactly(tuple("prod", Map.of("pod-security.kubernetes.io/enforce", "restricted")));
    assertThat(file.workloads())
        .extracting(ManifestReaderTest::row)
        .containsExactly("3 15 v1 Pod prod/a");
    assertThat(file.others()).extracting(ManifestObject::kind).containsExactly("Service");
    assertThat(file.skipped()).isEmpty();
    assertThat(file.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PodTemplate, v1, template",
    "ReplicationController, v1, spec.template",
    "ReplicaSet, apps/v1, spec.template",
    "Deployment, apps/v1, spec.template",
    "StatefulSet, apps/v1, spec.template",
    "DaemonSet, apps/v1, spec.template",
    "Job, batch/v1, spec.template",
    "CronJob, batch/v1, spec.jobTemplate.spec.template"
  })
  void findsThePodTemplateOfEachKind(String kind, String apiVersion, String path) {
    String flow = "{spec: {hostNetwork: yes, containers: [{name: c, image: i}]}}";
    String[] keys = path.split("\\.");
    for (int i = keys.length - 1; i >= 0; i--) {
      flow = "{" + keys[i] + ": " + flow + "}";
    }
    String text = "{apiVersion: " + apiVersion + ", kind: " + kind + ", " + flow.substring(1);
    Workload workload = only(read(text));
    assertThat(workload.podPath()).isEqualTo(path);
    assertThat(workload.pod().hostNetwork()).isTrue();
    assertThat(workload.name()).isNull();
    assertThat(workload.positionOf("spec.hostNetwork").column()).isEqualTo(text.indexOf("yes") + 1);
    assertThat(workload.keyPositionOf("spec.hostNetwork").column())
        .isEqualTo(text.indexOf("hostNetwork") + 1);
  }

  @Test
  void unpacksLists() {
    ManifestFile file =
        read(
            """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {}}
            - apiVersion: apps/v1
              kind: DeploymentList
              items:
              - {metadata: {name: b}, spec: {template: {spec: {}}}}
              - 7
            - {apiVersion: v1, kind: NamespaceList, items: [{metadata: {name: n}}]}
            """);
    assertThat(file.workloads())
        .extracting(ManifestReaderTest::row)
        .containsExactly("0 4 v1 Pod null/a", "0 8 apps/v1 Deployment null/b");
    assertThat(file.namespaces()).extracting(NamespaceManifest::name).containsExactly("n");
    assertThat(file.skipped())
        .containsExactly(
            new Skipped(0, 9, Skipped.Cause.FOREIGN, "no Kubernetes object: a single value"));
  }

  @Test
  void namesWhatItSkips() {
    ManifestFile file =
        read(
            """
            - a list
            ---
            replicas: 3
            ---
            kind: Pod
            ---
            apiVersion: v1
            kind: 7
            ---
            apiVersion: extensions/v1beta1
            kind: DaemonSet
            ---
            apiVersion: apps/v1
            kind: Deployment
            spec: {$patch: delete}
            ---
            apiVersion: v1
            kind: Pod
            ---
            apiVersion: apps/v1
            kind: Deployment
            spec: {template: {metadata: {}}}
            """);
    assertThat(file.skipped())
        .containsExactly(
            new Skipped(0, 1, Skipped.Cause.FOREIGN, "no Kubernetes object: a list"),
            new Skipped(1, 3, Skipped.Cause.FOREIGN, "no Kubernetes object: kind is missing"),
            new Skipped(
                2,
                5,
                Skipped.Cause.FOREIGN,
                "no Kubernetes object: apiVersion is missing (kind Pod)"),
            new Skipped(3, 7, Skipped.Cause.FOREIGN, "no Kubernetes object: kind is not a string"),
            new Skipped(
                4,
                10,
                Skipped.Cause.NOT_SERVED,
                "DaemonSet of extensions/v1beta1, which clusters no longer serve; it is in apps/v1"
                    + " now"),
            new Skipped(
                5, 13, Skipped.Cause.PATCH, "Deployment without spec.template, a patch perhaps"),
            new Skipped(6, 17, Skipped.Cause.PATCH, "Pod without spec, a patch perhaps"),
            new Skipped(
                7,
                20,
                Skipped.Cause.PATCH,
                "Deployment without spec.template.spec, a patch perhaps"));
    assertThat(file.errors()).isEmpty();
    assertThat(file.workloads()).isEmpty();
  }

  @Test
  void skipsTemplatesThatWereNotRendered() {
    String reason = "a template that was not rendered ({{ ... }})";
    ManifestFile file =
        read(
            """
            apiVersion: apps/v1
            kind: Deployment
            spec:
              replicas: {{ .Values.replicas }}
            ---
            {{- if .Values.pod }}
            apiVersion: v1
            kind: Pod
            {{- end }}
            ---
            apiVersion: v1
            kind: Pod
            spec:
              hostNetwork: "{{ .Values.hostNetwork }}"
            ---
            {% if x %}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: app-{{uid}}
            spec: {}
            """);
    assertThat(file.skipped())
        .containsExactly(
            new Skipped(0, 1, Skipped.Cause.TEMPLATE, reason),
            new Skipped(1, 5, Skipped.Cause.TEMPLATE, reason),
            new Skipped(2, 11, Skipped.Cause.TEMPLATE, reason),
            new Skipped(
                3, 15, Skipped.Cause.TEMPLATE, "a template that was not rendered ({% ... %})"));
    assertThat(file.errors()).isEmpty();
    assertThat(file.workloads()).extracting(Workload::name).containsExactly("app-{{uid}}");
  }

  @Test
  void readsOnAfterAnError() {
    ManifestFile file =
        read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {}
            ---
            apiVersion: v1
            kind: Pod
              spec: {}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: c}
            spec:
              containers:
              - image: c
                securityContext:
                  privileged: "yes"
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: d}
            spec: {}
            """);
    assertThat(file.workloads())
        .extracting(ManifestReaderTest::row)
        .containsExactly("0 1 v1 Pod null/a", "3 19 v1 Pod null/d");
    assertThat(file.errors())
        .containsExactly(
            new ManifestError(1, 8, 7, "mapping values are not allowed in this context"),
            new ManifestError(
                2,
                17,
                19,
                "spec.containers[0].securityContext.privileged: must be true or false, found a"
                    + " string"));
  }

  @Test
  void givesVolumesWithoutASourceTheDefaultOfTheApiServer() {
    Workload workload =
        only(
            read(
                """
                apiVersion: v1
                kind: Pod
                spec:
                  volumes:
                  - name: a
                  - name: b
                    hostPath:
                  - name: c
                    hostPath: {path: /}
                  - name: d
                    unheardOf: {}
                  -
                """));
    assertThat(workload.pod().volumes())
        .extracting(volume -> volume.name() + " " + sources(volume))
        .containsExactly("a [EMPTY_DIR]", "b [EMPTY_DIR]", "c [HOST_PATH]", "d []", " [EMPTY_DIR]");
  }

  @Test
  void readsJson() {
    String text =
        "{\"kind\": \"Pod\", \"apiVersion\": \"v1\",\n"
            + "\t\"spec\": {\"hostPID\": true}}\n"
            + "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{}}";
    ManifestFile file = new ManifestReader().read("a.json", text.getBytes(UTF_8));
    assertThat(file.workloads())
        .extracting(ManifestReaderTest::row)
        .containsExactly("0 1 v1 Pod null/null", "1 3 v1 Pod null/null");
    assertThat(file.workloads().getFirst().positionOf("spec.hostPID")).hasToString("2:22");
    assertThat(new ManifestReader().read("a.json", "{\"a\": }".getBytes(UTF_8)).errors())
        .containsExactly(
            new ManifestError(0, 1, 7, "invalid character '}' looking for beginning of value"));
    assertThat(only(read("{apiVersion: v1, kind: Pod, spec: {}}")).kind()).isEqualTo("Pod");
  }

  static ManifestFile read(String text) {
    return new ManifestReader().read("test.yaml", text.getBytes(UTF_8));
  }

  static Workload only(ManifestFile file) {
    assertThat(file.errors()).isEmpty();
    assertThat(file.skipped()).isEmpty();
    assertThat(file.workloads()).hasSize(1);
    return file.workloads().getFirst();
  }

  private static List<VolumeSource> sources(VolumeView volume) {
    return Stream.of(VolumeSource.values()).filter(volume::has).toList();
  }

  private static String row(Workload workload) {
    return workload.document()
        + " "
        + workload.line()
        + " "
        + workload.apiVersion()
        + " "
        + workload.kind()
        + " "
        + workload.namespace()
        + "/"
        + workload.name();
  }

  @ParameterizedTest
  @CsvSource({
    "batch/v1beta1, CronJob, 'CronJob of batch/v1beta1, which clusters no longer serve; it is in"
        + " batch/v1 now'",
    "v1, Deployment, 'Deployment of v1, which has no such kind; it is in apps/v1'",
    "apps/v2, StatefulSet, 'StatefulSet of apps/v2, which has no such kind; it is in apps/v1'",
    "batch/v1, DaemonSet, 'DaemonSet of batch/v1, which has no such kind; it is in apps/v1'",
    "Apps/v1, Deployment, 'Deployment of Apps/v1, which has no such kind; it is in apps/v1'",
    "v1, pod, 'pod of v1: the kind is spelled Pod'",
    "apps/v1, Deployments, 'Deployments of apps/v1: the kind is spelled Deployment'",
    "batch/v1, Cronjob, 'Cronjob of batch/v1: the kind is spelled CronJob'",
    "apps/v1, Deploymnet, 'Deploymnet of apps/v1, which has no such kind'"
  })
  void aWorkloadThatClustersDoNotServeIsNamed(String apiVersion, String kind, String reason) {
    String text =
        "{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: a}, spec: {}}";
    assertThat(read(text).skipped())
        .containsExactly(new Skipped(0, 1, Skipped.Cause.NOT_SERVED, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, ControllerRevision",
    "example.com/v1, StatefulSet",
    "batch.example.com/v1alpha1, Job",
    "example.com/v1, pod",
    "v1, Config",
    "policy/v1, PodDisruptionBudget"
  })
  void anObjectOfAnotherKindIsNone(String apiVersion, String kind) {
    ManifestFile file = read("{apiVersion: %s, kind: %s}".formatted(apiVersion, kind));
    assertThat(file.skipped()).isEmpty();
    assertThat(file.others()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com/v1 | Rollout | template: {spec: {containers: [{name: a}]}} |"
            + " spec.template.spec",
        "example.org/v2 | Service | template: {spec: {containers: [{image: x}]}} |"
            + " spec.template.spec",
        "example.com/v1 | Workflow | templates: [{name: m, container: {image: x}}] |"
            + " spec.templates[]",
        "example.com/v1 | Deployment | a: {b: [{containers: [{name: a}]}]} | spec.a.b[]"
      })
  void aCustomKindThatHoldsContainersIsNamed(
      String apiVersion, String kind, String spec, String path) {
    ManifestFile file =
        read("{apiVersion: %s, kind: %s, spec: {%s}}".formatted(apiVersion, kind, spec));
    assertThat(file.skipped())
        .containsExactly(
            new Skipped(
                0,
                1,
                Skipped.Cause.CUSTOM,
                kind
                    + " of "
                    + apiVersion
                    + " holds containers at "
                    + path
                    + ", a kind that is not judged"));
    assertThat(file.others()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "containers: [{name: a, env: [{name: LOG, value: debug}]}]",
        "containers: [{name: a, image: i}, {name: b, resources: {}}]",
        "initContainers: [{name: a, image: ''}], containers: [{name: b, image: i}]",
        "containers: [{name: a, image: i}, {name: b, $patch: delete}]",
        "hostPID: true, $retainKeys: [hostPID]",
        "$setElementOrder/containers: [{name: a}], containers: [{name: a, image: i}]",
        "volumes: [{$patch: replace}], containers: [{name: a, image: i}]"
      })
  void aPartOfAWorkloadIsNone(String spec) {
    ManifestFile file =
        read(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {"
                + spec
                + "}}}}");
    assertThat(file.workloads()).isEmpty();
    assertThat(file.skipped()).extracting(Skipped::cause).containsExactly(Skipped.Cause.PATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "containers: [{name: a, image: i, args: ['$patch: delete']}]",
        "containers: [{name: a, image: '${REGISTRY}/a'}]",
        "containers: []",
        "hostPID: true"
      })
  void aWholeWorkloadIsOne(String spec) {
    String text = "{apiVersion: v1, kind: Pod, metadata: {name: $patch}, spec: {" + spec + "}}";
    assertThat(read(text).workloads()).hasSize(1);
  }
}

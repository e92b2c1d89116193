package dev.portcullis.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadNotesTest {
  @Test
  void namesTheLinesOfARepeatedSecurityField() {
    assertThat(
            notes(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart}
                spec:
                  template:
                    spec:
                      containers:
                      - name: cart
                        image: cart:1
                        securityContext: {privileged: true}
                        ports: [{containerPort: 80}]
                        ports: [{containerPort: 81}]
                        securityContext: {allowPrivilegeEscalation: false}
                """))
        .containsExactly(
            "13:9 spec.template.spec.containers[0].securityContext is set twice, on lines 10 and"
                + " 13; only the last one counts, as in kubectl");
  }

  @Test
  void notesRepeatedPortsOnlyWhereTheLostOnesNameAHostPort() {
    assertThat(
            notes(
                """
                apiVersion: v1
                kind: Pod
                spec:
                  hostPID: false
                  hostPID: true
                  containers:
                  - ports: [{hostPort: 80}]
                    ports: []
                    image: a
                """))
        .containsExactly(
            "5:3 spec.hostPID is set twice, on lines 4 and 5; only the last one counts, as in"
                + " kubectl",
            "8:5 spec.containers[0].ports is set twice, on lines 7 and 8; only the last one counts,"
                + " as in kubectl");
  }

  @Test
  void saysWhereAMisplacedFieldBelongs() {
    assertThat(
            notes(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: misplaced}
                spec:
                  hostNetwork: true
                  template:
                    securityContext: {runAsNonRoot: true}
                    spec:
                      runAsUser: 1000
                      securityContext:
                        allowPrivilegeEscalation: false
                        hostPID: true
                        seccompProfile: {typ: RuntimeDefault}
                      containers:
                      - name: a
                        runAsNonRoot: true
                        privileged: false
                        securityContext: {fsGroup: 1, capabilities: {Drop: [ALL]}}
                        image: a
                """))
        .containsExactly(
            "5:3 spec.hostNetwork has no effect here; it belongs in spec.template.spec",
            "7:5 spec.template.securityContext has no effect here; it belongs in"
                + " spec.template.spec",
            "9:7 spec.template.spec.runAsUser has no effect here; it belongs in"
                + " spec.template.spec.securityContext",
            "11:9 spec.template.spec.securityContext.allowPrivilegeEscalation has no effect here;"
                + " it belongs in the securityContext of each container",
            "12:9 spec.template.spec.securityContext.hostPID has no effect here; it belongs in"
                + " spec.template.spec",
            "13:26 spec.template.spec.securityContext.seccompProfile.typ is not a field of the"
                + " profile; did you mean type?",
            "16:9 spec.template.spec.containers[0].runAsNonRoot has no effect here; it belongs in"
                + " spec.template.spec.containers[0].securityContext",
            "17:9 spec.template.spec.containers[0].privileged has no effect here; it belongs in"
                + " spec.template.spec.containers[0].securityContext",
            "18:27 spec.template.spec.containers[0].securityContext.fsGroup has no effect here; it"
                + " belongs in spec.template.spec.securityContext",
            "18:54 spec.template.spec.containers[0].securityContext.capabilities.Drop is not a"
                + " field of capabilities; did you mean drop?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "securitycontext",
        "SecurityContext",
        "security_context",
        "securityContex",
        "securtyContext"
      })
  void recognisesAMisspeltName(String name) {
    assertThat(
            notes(
                "{apiVersion: v1, kind: Pod, spec: {containers: [{" + name + ": {}, image: i}]}}"))
        .containsExactly(
            "1:50 spec.containers[0]."
                + name
                + " is not a field of the container; did you mean securityContext?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {hostname: a, subdomain: b, overhead: {}, containers: [{name: a, env: [], image: i,"
            + " tty: true}]}",
        "metadata: {annotations: {securitycontext: a}}, spec: {containers: [], nodeName: a}",
        "spec: {x-extension: 1, containers: [{probe: {}, resources: {}, something: privileged,"
            + " image: i}]}",
        "spec: {securityContext: {supplementalGroupsPolicy: Strict, fsGroupChangePolicy: Always}}",
        "spec: {volumes: [{name: a, emptyDir: {}}], tolerations: [], schedulingGates: []}"
      })
  void saysNothingOfOtherFields(String pod) {
    assertThat(notes("{apiVersion: v1, kind: Pod, " + pod + "}")).isEmpty();
  }

  @Test
  void leavesTheFieldsAroundPodsOfOtherGroupsAlone() {
    assertThat(
            notes(
                """
                apiVersion: apps.kruise.io/v1beta1
                kind: StatefulSet
                spec:
                  template: {spec: {containers: []}}
                  hostNetwork: true
                  securityContext: {}
                """))
        .isEmpty();
  }

  @Test
  void stopsAtALimit() {
    String containers =
        IntStream.range(0, 1000)
            .mapToObj(i -> "{privileged: true, image: i}")
            .collect(Collectors.joining(","));
    assertThat(notes("{apiVersion: v1, kind: Pod, spec: {containers: [" + containers + "]}}"))
        .hasSize(WorkloadNotes.MAX_NOTES);
  }

  @Test
  void notesLabelsOfANamespaceThatSayNothing() {
    ManifestFile file =
        read(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
              labels:
                pod-security.kubernetes.io/enforce: restricted
                pod-security.kubernetes.io/enforced: baseline
                team: shop
              annotations:
                pod-security.kubernetes.io/warn: restricted
            """);
    assertThat(rows(NamespaceNotes.of(file.namespaces().getFirst()).stream()))
        .containsExactly(
            "7:5 metadata.labels: pod-security.kubernetes.io/enforced is no Pod Security label, so"
                + " it has no effect; there are enforce, audit, warn and each of them with"
                + " -version",
            "10:5 metadata.annotations: pod-security.kubernetes.io/warn has no effect as an"
                + " annotation; Pod Security reads labels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${PORT}", "${PORT:-80}", "$(PORT)", "p${A}${B}"})
  void takesAVariableInATypedFieldForUnrendered(String value) {
    ManifestFile file =
        read(
            "apiVersion: v1\n"
                + "kind: Pod\n"
                + "metadata: {name: \"${APP}\"}\n"
                + "spec:\n"
                + "  containers:\n"
                + "  - name: a\n"
                + "    image: i\n"
                + "    securityContext:\n"
                + "      runAsUser: "
                + value
                + "\n");
    assertThat(file.errors()).isEmpty();
    assertThat(file.workloads()).isEmpty();
    assertThat(file.skipped())
        .extracting(Skipped::reason)
        .singleElement()
        .asString()
        .startsWith("a variable that was not substituted ($");
  }

  private static List<String> notes(String text) {
    ManifestFile file = read(text);
    assertThat(file.workloads()).hasSize(1);
    return rows(WorkloadNotes.of(file.workloads().getFirst()).stream());
  }

  private static List<String> rows(Stream<ManifestNote> notes) {
    return notes.map(note -> note.line() + ":" + note.column() + " " + note.message()).toList();
  }

  private static ManifestFile read(String text) {
    return new ManifestReader().read("test.yaml", text.getBytes(UTF_8));
  }
}

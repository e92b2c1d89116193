package dev.portcullis.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a person is pointed at. */
class PositionTest {
  private static final String DEPLOYMENT =
      """
      # one
      apiVersion: apps/v1
      kind: Deployment
      spec:
        template:
          metadata:
            annotations:
              container.apparmor.security.beta.kubernetes.io/a: unconfined
          spec:
            hostNetwork: yes
            containers:
            - name: a
              securityContext: &hardened
                privileged: true
                capabilities: {add: [NET_ADMIN, "SYS_TIME"]}
              image: a
            - name: b
              securityContext: *hardened
              image: b
            - name: c
              securityContext:
                <<: *hardened
                runAsUser: 0
              image: c
            volumes:
            - hostPath:
                path: /
              name: v
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # path, value, key
          spec.hostNetwork, 10:20, 10:7
          spec.containers, 11:7, 11:7
          spec.containers[0], 12:9, 12:9
          spec.containers[0].name, 12:15, 12:9
          spec.containers[0].securityContext.privileged, 14:23, 14:11
          spec.containers[0].securityContext.capabilities, 15:25, 15:11
          spec.containers[0].securityContext.capabilities.add[1], 15:43, 15:43
          metadata.annotations[container.apparmor.security.beta.kubernetes.io/a], 8:59, 8:9
          'metadata.annotations["container.apparmor.security.beta.kubernetes.io/a"]', 8:59, 8:9
          spec.volumes[0].hostPath, 26:9, 26:9
          spec.volumes[0].hostPath.path, 27:17, 27:11
          # what an alias or a merge brings stands where it was written
          spec.containers[1].securityContext, 18:26, 18:9
          spec.containers[1].securityContext.privileged, 14:23, 14:11
          spec.containers[2].securityContext.privileged, 14:23, 14:11
          spec.containers[2].securityContext.runAsUser, 23:22, 23:11
          # what is missing is shown at its parent
          spec.containers[0].securityContext.runAsNonRoot, 13:9, 13:9
          spec.containers[1].ports[0].hostPort, 17:9, 17:9
          spec.containers[7].name, 11:7, 11:7
          spec.securityContext.runAsNonRoot, 9:5, 9:5
          metadata.annotations[other], 7:7, 7:7
          status, 6:5, 6:5
          """)
  void pointsAtFields(String path, String value, String key) {
    Workload workload = ManifestReaderTest.only(ManifestReaderTest.read(DEPLOYMENT));
    assertThat(workload.line()).isEqualTo(2);
    assertThat(workload.positionOf(path)).hasToString(value);
    assertThat(workload.keyPositionOf(path)).hasToString(key);
  }

  @Test
  void countsColumnsInUtf16AfterAByteOrderMarkAndWindowsLineEnds() {
    String text = "\uFEFFapiVersion: v1\r\nkind: Pod\r\nspec: {\"😀\": 1, hostPID: true}\r\n";
    ManifestFile file = new ManifestReader().read("a.yaml", text.getBytes(UTF_8));
    Workload workload = ManifestReaderTest.only(file);
    assertThat(workload.line()).isEqualTo(1);
    assertThat(workload.object().position()).hasToString("1:1");
    assertThat(workload.positionOf("spec.hostPID")).hasToString("3:26");
    assertThat(file.source().line(3)).isEqualTo("spec: {\"😀\": 1, hostPID: true}");
    assertThat(file.source().lines()).isEqualTo(3);
    assertThat(file.source().text().substring(workload.positionOf("spec.hostPID").offset()))
        .startsWith("true");
  }

  @Test
  void readsTenThousandDocuments() {
    String one = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec: {}\n";
    ManifestFile file = ManifestReaderTest.read(("---\n" + one).repeat(10_000));
    assertThat(file.workloads()).hasSize(10_000);
    Workload last = file.workloads().getLast();
    assertThat(last.document()).isEqualTo(9_999);
    assertThat(last.line()).isEqualTo(9_999 * 6 + 2);
    assertThat(last.positionOf("metadata.name")).hasToString("59999:9");
    assertThat(file.errors()).isEmpty();
  }
}

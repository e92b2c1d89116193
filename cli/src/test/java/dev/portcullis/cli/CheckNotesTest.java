package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says beside verdicts: suppressions, notes, namespaces given by a flag. */
class CheckNotesTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("k8s.yaml");
  }

  @Test
  void anAnnotationWithAReasonSuppressesItsCheckAndIsListed() throws IOException {
    var run =
        check(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: exporter
              annotations:
                portcullis.dev/ignore.hostNamespaces: reads the host's processes, OPS-12
            spec:
              hostPID: true
              containers: [{name: a, image: x}]
            """,
            "--level",
            "baseline");
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                Suppressed
                  FILE:8: Pod exporter [hostNamespaces]: reads the host's processes, OPS-12

                1 workload in 1 file: 1 violates its policy. 0 skipped, 0 errors.
                1 violation suppressed by annotation.
                """
                    .replace("FILE", file.toString()),
                ""));
  }

  @Test
  void aSuppressionOnThePodTemplateLeavesOtherChecksAlone() throws IOException {
    var run =
        check(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              template:
                metadata:
                  annotations:
                    portcullis.dev/ignore.hostNamespaces: needed
                    portcullis.dev/ignore.privileged: " "
                    portcullis.dev/ignore.everything: please
                spec:
                  hostPID: true
                  containers: [{name: a, image: x, securityContext: {privileged: true}}]
            """,
            "--level",
            "baseline",
            "-o",
            "json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("\"value\":true}],\"suppressed\":\"needed\"}")
        .contains("\"known\":0,\"suppressed\":1,")
        .contains(
            "\"message\":\"the annotation portcullis.dev/ignore.privileged gives no reason, so it"
                + " suppresses nothing\"")
        .contains(
            "\"message\":\"the annotation portcullis.dev/ignore.everything names no check;"
                + " portcullis explain lists them\"");
  }

  @Test
  void sarifMarksASuppressionAsOneInTheSource() throws IOException {
    var run =
        check(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, annotations: {portcullis.dev/ignore.hostNamespaces: "it must"}}
            spec: {hostPID: true, containers: [{name: a, image: x}]}
            """,
            "--level",
            "baseline",
            "-o",
            "sarif");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("\"suppressions\":[{\"kind\":\"inSource\",\"justification\":\"it must\"}]");
  }

  @Test
  void aFlagSaysWhereWorkloadsWithoutANamespaceGo() throws IOException {
    String manifests =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: infra, labels: {pod-security.kubernetes.io/enforce: privileged}}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec: {template: {spec: {hostPID: true, containers: [{name: a, image: x}]}}}
        """;
    assertThat(check(manifests).code()).isEqualTo(1);
    var run = check(manifests, "-n", "infra");
    assertThat(run.code()).isZero();
    assertThat(check(manifests, "-n", "elsewhere").out())
        .contains("DaemonSet elsewhere/agent violates restricted:latest (default)");
  }

  @Test
  void aVersionThatIsNotKnownYetIsSaidSo() throws IOException {
    var run =
        check(
            "{apiVersion: v1, kind: Pod, metadata: {generateName: job-}, spec: {hostPID: true,"
                + " containers: [{name: a, image: x}]}}",
            "--level",
            "baseline",
            "--policy-version",
            "v1.99");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("Pod job- violates baseline:v1.99")
        .contains(
            "Notes\n  --policy-version v1.99 is newer than v1.37, the newest that this Portcullis"
                + " knows; v1.37 is what counts\n");
  }

  private CommandRun check(String manifests, String... options) throws IOException {
    Files.writeString(file, manifests);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "check";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[arguments.length - 1] = file.toString();
    return CommandRun.of(arguments);
  }
}

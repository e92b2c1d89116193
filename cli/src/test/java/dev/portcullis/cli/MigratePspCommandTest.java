package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigratePspCommandTest {
  private static final Path SOURCES = Path.of("src/test/resources/migrate/psp");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"restricted", "privileged", "cni", "monitoring", "defaults"})
  void policiesOfTheWildInAllFormats(String name) throws IOException {
    String file = SOURCES.resolve(name + ".yaml").toString();
    for (String format : List.of("text", "markdown", "json")) {
      CommandRun run = migrate("--policy-version", "v1.37", "-o", format, file);

      String extension = format.equals("markdown") ? "md" : format.equals("text") ? "txt" : format;
      Golden.assertMatches("migrate/" + name + "." + extension, run.out());
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isEqualTo(1);
    }
  }

  @Test
  void labelsBecomeManifests() throws IOException {
    Path labels = folder.resolve("labels");
    CommandRun run = migrate("--write-labels", labels.toString(), SOURCES.toString());

    var written = new StringBuilder();
    for (Path file : files(labels)) {
      written.append("--- ").append(file.getFileName()).append('\n').append(Files.readString(file));
    }
    Golden.assertMatches("migrate/labels.txt", written.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("note: files of labels written to " + labels + ": 5\n");

    assertThat(migrate("--write-labels", labels.toString(), SOURCES.toString()).err())
        .isEqualTo("note: files of labels written to " + labels + ": 0\n");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void whatIsNotOursIsNeverOverwrittenAndThenNothingIsWritten() throws IOException {
    Path mine = Files.writeString(folder.resolve("shop.yaml"), "mine\n");
    CommandRun run = migrate("--write-labels", folder.toString(), SOURCES.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "portcullis: --write-labels "
                + folder
                + ": "
                + mine
                + " holds something else; move it away, or name another folder\n");
    assertThat(files(folder)).containsExactly(mine);
    assertThat(mine).hasContent("mine\n");
  }

  @Test
  void nothingLeftIsExitZero() throws IOException {
    CommandRun run =
        migrate(
            write(
                """
                apiVersion: policy/v1beta1
                kind: PodSecurityPolicy
                metadata:
                  name: plain
                  annotations:
                    apparmor.security.beta.kubernetes.io/allowedProfileNames: "runtime/default,"
                spec:
                  volumes: [secret]
                  runAsUser: {rule: RunAsAny}
                  seLinux: {rule: MustRunAs, seLinuxOptions: {level: s0}}
                  supplementalGroups: {rule: RunAsAny}
                  fsGroup: {rule: RunAsAny}
                """));

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("No binding in the inputs grants it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          privileged: "yes"                | 4:20: PodSecurityPolicy p: spec.privileged: must be true or false
          volumes: secret                  | 4:17: PodSecurityPolicy p: spec.volumes: must be a list
          volumes: [1]                     | 4:18: PodSecurityPolicy p: spec.volumes[0]: must be a string
          hostPorts: [{min: a}]            | 4:26: PodSecurityPolicy p: spec.hostPorts[0].min: must be an integer
          runtimeClass: [a]                | 4:22: PodSecurityPolicy p: spec.runtimeClass: must be an object
          allowedHostPaths: [/]            | 4:27: PodSecurityPolicy p: spec.allowedHostPaths[0]: must be an object
          runAsGroup: {rule: Nobody}       | 4:27: PodSecurityPolicy p: spec.runAsGroup.rule: must be one of MayRunAs, MustRunAs, RunAsAny
          runAsGroup: {rule: MustRunAs}    | 4:20: PodSecurityPolicy p: spec.runAsGroup.ranges: must not be empty with the rule MustRunAs
          """)
  void wrongContentIsNamedWithItsPlace(String line, String error) throws IOException {
    String file =
        write(
            """
            apiVersion: policy/v1beta1
            kind: PodSecurityPolicy
            metadata: {name: p}
            spec: {%s,
              runAsUser: {rule: RunAsAny}, seLinux: {rule: RunAsAny},
              supplementalGroups: {rule: RunAsAny}, fsGroup: {rule: RunAsAny}}
            """
                .replace("spec: {%s", "spec: {" + line));
    CommandRun run = migrate("--write-labels", folder.resolve("labels").toString(), file);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: "
                + file
                + ":"
                + error
                + "\nnote: no labels were written, because of"
                + " the errors above\n");
    assertThat(folder.resolve("labels")).doesNotExist();
  }

  @Test
  void missingRulesAndUnknownFieldsAreNotLost() throws IOException {
    String file =
        write(
            """
            apiVersion: policy/v1beta1
            kind: PodSecurityPolicy
            metadata: {name: p}
            spec: {privilegd: true}
            ---
            apiVersion: policy/v1
            kind: PodSecurityPolicy
            metadata: {name: q}
            ---
            apiVersion: policy/v1beta1
            kind: PodSecurityPolicy
            metadata: {name: r}
            spec:
              runAsUsers: {rule: MustRunAsNonRoot}
              runAsUser: {rule: RunAsAny, range: []}
              seLinux: {rule: RunAsAny}
              supplementalGroups: {rule: RunAsAny}
              fsGroup: {rule: RunAsAny}
            """);
    CommandRun run = migrate(file);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            error: F:4:7: PodSecurityPolicy p: spec.seLinux.rule: is missing
            error: F:4:7: PodSecurityPolicy p: spec.runAsUser.rule: is missing
            error: F:4:7: PodSecurityPolicy p: spec.supplementalGroups.rule: is missing
            error: F:4:7: PodSecurityPolicy p: spec.fsGroup.rule: is missing
            error: F:6:1: PodSecurityPolicy q of policy/v1: there are policy/v1beta1 and extensions/v1beta1 only
            """
                .replace("F", file));
    assertThat(run.out())
        .contains("Not judged: " + file + ":14:3: spec.runAsUsers: no such field\n")
        .contains("Not judged: " + file + ":15:31: spec.runAsUser.range: no such field\n");
  }

  @Test
  void aNamespaceIsNeverMadeLaxerThanItIs() throws IOException {
    CommandRun run =
        migrate(
            SOURCES.resolve("privileged.yaml").toString(),
            write(
                """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: kube-system
                  labels: {pod-security.kubernetes.io/enforce: baseline}
                """));

    assertThat(run.out())
        .contains("kube-system: enforce baseline, audit and warn restricted, v1.37\n")
        .contains("It enforces baseline by its labels already, which is not made laxer.\n")
        .contains("Refused by baseline: 1 of 1 workload would be refused:\n");
  }

  @Test
  void whatIsNotKnownIsLeftToDecideAndWhatWasSkippedIsNoted() throws IOException {
    Path labels = folder.resolve("labels");
    String file =
        write(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: empty}
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: warned
              labels:
                pod-security.kubernetes.io/warn: restricted
                pod-security.kubernetes.io/audit: nonsense
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: warned}
            spec: {hostPID: true, containers: [{name: a, image: i}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {generateName: b-}
            spec: {containers: [{name: b, image: i}]}
            ---
            apiVersion: extensions/v1beta1
            kind: Deployment
            metadata: {name: old, namespace: empty}
            spec: {template: {spec: {hostNetwork: true}}}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: lost, namespace: empty}
            roleRef: {kind: Role, name: gone}
            subjects: []
            """);
    CommandRun run =
        migrate("--policy-version", "v1.37", "--write-labels", labels.toString(), file);

    Golden.assertMatches("migrate/unknown.txt", run.out().replace(file, "FILE"));
    assertThat(run.err()).isEqualTo("note: files of labels written to " + labels + ": 1\n");
    assertThat(run.code()).isEqualTo(1);
    assertThat(files(labels)).containsExactly(labels.resolve("warned.yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrate",
        "migrate psp",
        "migrate psp --kubeconfig k a.yaml",
        "migrate psp -o sarif a.yaml",
        "migrate psp -o text -o json a.yaml",
        "migrate psp --policy-version 1.25 a.yaml"
      })
  void usageErrorsAreExitTwo(String line) {
    CommandRun run = CommandRun.of(line.split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotEmpty();
  }

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("given.yaml"), text).toString();
  }

  private static CommandRun migrate(String... arguments) {
    var all = new ArrayList<>(List.of("migrate", "psp"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }
}

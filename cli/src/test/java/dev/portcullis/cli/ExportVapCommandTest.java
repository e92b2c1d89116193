package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code portcullis export vap} without a cluster. */
class ExportVapCommandTest {
  @TempDir private Path folder;

  @Test
  void enforceIsExportedAloneWithBindingsThatWarn() {
    var run = CommandRun.of("export", "vap");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(kindsAndNames(run.out()))
        .containsExactly(
            "ValidatingAdmissionPolicy pod-security.portcullis.dev",
            "ValidatingAdmissionPolicyBinding pod-security.portcullis.dev",
            "ValidatingAdmissionPolicy labels.pod-security.portcullis.dev",
            "ValidatingAdmissionPolicyBinding labels.pod-security.portcullis.dev");
    assertThat(actions(run.out())).containsExactly("- Warn", "- Warn");
  }

  @Test
  void everythingIsAPolicyAFile() throws IOException {
    Path into = folder.resolve("policies");

    var run =
        CommandRun.of(
            "export",
            "vap",
            "--modes",
            "enforce,audit,warn",
            "--workloads",
            "enforce",
            "--guard",
            "--enforce",
            "--write",
            into.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    try (var files = Files.list(into)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "guard.pod-security.portcullis.dev.yaml",
              "labels.pod-security.portcullis.dev.yaml",
              "pod-security.kubernetes.io.yaml",
              "pod-security.portcullis.dev.yaml",
              "workloads.pod-security.portcullis.dev.yaml");
    }
    assertThat(actions(Files.readString(into.resolve("pod-security.portcullis.dev.yaml"))))
        .containsExactly("- Deny");
    assertThat(actions(Files.readString(into.resolve("pod-security.kubernetes.io.yaml"))))
        .containsExactly("- Warn");
  }

  @Test
  void besideThePluginDefaultsAreExportedForNamespacesWithoutItsLabel() throws IOException {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        apiVersion: pod-security.admission.config.k8s.io/v1
        kind: PodSecurityConfiguration
        defaults: {enforce: baseline}
        """);

    var run =
        CommandRun.of(
            "export", "vap", "--profile", "complement", "--config", config.toString(), "--enforce");

    assertThat(run.code()).isZero();
    assertThat(kindsAndNames(run.out()))
        .containsExactly(
            "ValidatingAdmissionPolicy pod-security.portcullis.dev",
            "ValidatingAdmissionPolicyBinding pod-security.portcullis.dev");
    assertThat(run.out())
        .contains("- key: pod-security.kubernetes.io/enforce\n        operator: DoesNotExist\n")
        .doesNotContain("restricted volume types");
    assertThat(run.err())
        .isEqualTo(
            "note: the default level holds in kube-system too, which is not among the exempt"
                + " namespaces: the cluster's own pods may be refused there\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kubernetes v1.29 | v1.29 is too old: ValidatingAdmissionPolicies are generally available"
            + " from v1.30 on",
        "--kubernetes 35 | --kubernetes 35 is no version, give for example v1.35",
        "--modes enforce,deny | --modes deny is none of enforce, audit, warn",
        "--profile both | --profile both is none of replace, complement",
        "--workloads warn | --workloads warn needs the mode warn or audit, for example --modes"
            + " enforce,warn",
        "--label-prefix Example | --label-prefix Example is none: give a DNS name and a slash, for"
            + " example security.example.com/",
        "--check | --check and --kubeconfig FILE go together",
        "-o x --write y | give either -o FILE or --write DIR",
        "--profile complement | nothing to export: beside the API server's own plugin the policies"
            + " stand for the defaults of --config, and these are privileged; set a default, or"
            + " give --label-prefix"
      })
  void whatCanNotBeIsSaid(String options, String problem) {
    var arguments = new java.util.ArrayList<>(List.of("export", "vap"));
    arguments.addAll(List.of(options.split(" ", -1)));

    var run = CommandRun.of(arguments.toArray(String[]::new));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(problem);
  }

  @Test
  void theSameOptionsMakeTheSameBytes() {
    String[] arguments = {"export", "vap", "--modes", "enforce,audit,warn", "--guard"};

    assertThat(CommandRun.of(arguments)).isEqualTo(CommandRun.of(arguments));
  }

  private static List<String> kindsAndNames(String yaml) {
    return yaml.lines()
        .filter(line -> line.startsWith("kind: ") || line.startsWith("  name: "))
        .map(line -> line.replaceFirst("^ *[a-z]+: ", ""))
        .collect(
            java.util.stream.Collectors.collectingAndThen(
                java.util.stream.Collectors.toList(),
                words -> {
                  var pairs = new java.util.ArrayList<String>();
                  for (int i = 0; i < words.size(); i += 2) {
                    pairs.add(words.get(i) + " " + words.get(i + 1));
                  }
                  return pairs;
                }));
  }

  private static List<String> actions(String yaml) {
    return yaml.lines()
        .map(String::strip)
        .filter(line -> line.matches("- (Deny|Warn|Audit)"))
        .toList();
  }
}

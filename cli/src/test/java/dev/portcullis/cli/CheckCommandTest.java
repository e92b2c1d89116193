package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
  private static final String MANIFESTS = "src/test/resources/manifests";
  private static final String CONFIG = "src/test/resources/pod-security.yaml";

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "junit", "github", "markdown"})
  void tellsEverythingInEachFormat(String format) throws IOException {
    var run = CommandRun.of("check", "-o", format, MANIFESTS);
    Golden.assertMatches("check/manifests." + format, run.out());
    Golden.assertMatches("check/manifests.stderr", run.err());
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void sarifPointsAtEveryFieldAndHasARuleForEveryCheck() throws IOException {
    var run = CommandRun.of("check", "-o", "sarif", MANIFESTS);
    String results = run.out().substring(run.out().indexOf("\"invocations\""));
    Golden.assertMatches("check/manifests.sarif-results", results);
    assertThat(run.out().split("\"fullDescription\"")).hasSize(20);
  }

  @Test
  void aLevelGivenByFlagGivesOneVerdictEach() throws IOException {
    var run =
        CommandRun.of(
            "check", "--level", "baseline", "--policy-version", "v1.20", "-o", "json", MANIFESTS);
    Golden.assertMatches("check/baseline-v1.20.json", run.out());
  }

  @Test
  void aVersionAloneMeansRestrictedAtThatVersion() {
    var run =
        CommandRun.of("check", "--policy-version", "v1.8", "-o", "json", MANIFESTS + "/list.json");
    assertThat(run.out())
        .contains("\"policySource\":\"flag\"")
        .contains("\"level\":\"restricted\",\"version\":\"v1.8\"");
  }

  @Test
  void configurationHoldsWhereNoLabelsDoAndItsExemptionsEverywhere() throws IOException {
    var run =
        CommandRun.of(
            "check",
            "--config",
            CONFIG,
            "-o",
            "json",
            MANIFESTS + "/deep",
            MANIFESTS + "/broken.yaml");
    Golden.assertMatches("check/config.json", run.out());
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefusedInTheReferencesWords(@TempDir Path folder)
      throws IOException {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        Files.readString(Path.of(CONFIG)).replace("enforce: baseline", "enforce: Baseline"));
    var run = CommandRun.of("check", "--config", config.toString(), MANIFESTS);
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "portcullis: configuration error: enforce: must be one of privileged, baseline,"
                    + " restricted\n"));
  }

  @ParameterizedTest
  @CsvSource({"enforce,1", "audit,1", "warn,1", "none,0"})
  void failsByMode(String mode, int code) {
    assertThat(CommandRun.of("check", "--fail-on", mode, "../examples/pss-lab").code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"enforce,0", "audit,1", "warn,1", "none,0"})
  void warningsAndAuditsFailOnlyWhenAsked(String mode, int code) {
    var run =
        CommandRun.of(
            "check",
            "--fail-on",
            mode,
            "../examples/cluster/namespaces.yaml",
            "../examples/cluster/shop.yaml");
    assertThat(run.code()).isEqualTo(code);
  }

  @Test
  void cleanInputsExitZero() {
    var run = CommandRun.of("check", "../examples/pss-lab/6-restricted-workload.yaml");
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                "1 workload in 1 file: none violates its policy, 1 passes. 0 skipped, 0 errors.\n",
                ""));
  }

  @Test
  void aBaselineHidesWhatItKnowsAndNothingElse(@TempDir Path folder) throws IOException {
    Path known = folder.resolve("known.json");
    var written = CommandRun.of("check", "--write-baseline", known.toString(), "../examples");
    assertThat(written.code()).isZero();
    assertThat(Files.readString(known))
        .contains(
            "\"field\":\"spec.containers[shell].securityContext.privileged\",\"value\":\"true\"");

    var again = CommandRun.of("check", "--baseline", known.toString(), "../examples");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("known from the baseline").doesNotContain("explain");

    Path moved = folder.resolve("moved.yaml");
    String pod = Files.readString(Path.of("../examples/mistakes/debug-shell.yaml"));
    Files.writeString(moved, "# one more line\n" + pod);
    assertThat(CommandRun.of("check", "--baseline", known.toString(), moved.toString()).code())
        .isZero();
    Files.writeString(moved, pod.replace("hostPID", "hostIPC"));
    assertThat(CommandRun.of("check", "--baseline", known.toString(), moved.toString()).out())
        .contains("hostIPC")
        .doesNotContain("privileged: yes");
  }

  @Test
  void severalOutputsAtOnce(@TempDir Path folder) throws IOException {
    Path sarif = folder.resolve("out.sarif");
    Path xml = folder.resolve("out.xml");
    var run =
        CommandRun.of(
            "check", "-o", "json", "-o", "sarif=" + sarif, "-o", "junit=" + xml, "../examples");
    assertThat(run.out()).startsWith("{\"results\":[").endsWith("}\n");
    assertThat(Files.readString(sarif)).contains("\"version\":\"2.1.0\"");
    assertThat(Files.readString(xml)).startsWith("<?xml");
  }

  @Test
  void wrongArgumentsAreNamed(@TempDir Path folder) throws IOException {
    Path noBaseline = Files.writeString(folder.resolve("no-baseline.json"), "{}");
    for (List<String> wrong :
        List.of(
            List.of("--level", "Baseline"),
            List.of("--policy-version", "1.25"),
            List.of("-o", "yaml"),
            List.of("-o", "sarif="),
            List.of("-o", "json", "-o", "text"),
            List.of("--fail-on", "never"),
            List.of("--baseline", noBaseline.toString()),
            List.of("--baseline", folder.resolve("missing.json").toString()),
            List.of("--config", folder.resolve("missing.yaml").toString()),
            List.of("-o", "json=" + folder.resolve("no/such/folder.json")))) {
      var arguments = new java.util.ArrayList<>(List.of("check"));
      arguments.addAll(wrong);
      arguments.add("../examples/cluster/payments.yaml");
      var run = CommandRun.of(arguments.toArray(String[]::new));
      assertThat(run.code()).as("%s", wrong).isEqualTo(2);
      assertThat(run.err())
          .as("%s", wrong)
          .contains(wrong.getLast().replaceAll("=.*", ""))
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aPathIsDemanded() {
    var run = CommandRun.of("check");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "portcullis check: name files or folders, for example: portcullis check .\n"
                + "See portcullis check --help for its options.\n");
  }

  @Test
  void aMissingPathIsAnErrorAndTheOthersAreChecked() {
    var run = CommandRun.of("check", "no-such-folder", "../examples/mistakes/debug-shell.yaml");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("error: no-such-folder: no such file or folder\n");
    assertThat(run.out()).contains("hostPID: true");
  }

  @Test
  void aLabelThatHidesFromTheQuickSearchStillCounts(@TempDir Path folder) throws IOException {
    String labelled =
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"ns\",\"labels\":{\"pod-security\\u002ekubernetes.io/enforce\":\"privileged\"}}}";
    Files.writeString(folder.resolve("z.json"), labelled);
    Files.writeString(
        folder.resolve("a.yaml"),
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: ns}, spec: {hostPID: true}}\n");
    var run = CommandRun.of("check", folder.toString());
    assertThat(run.out())
        .isEqualTo(
            "1 workload in 2 files: none violates its policy, 1 passes. 0 skipped, 0 errors.\n");
  }

  @Test
  void manyFilesGiveTheSameReportInTheSameOrder(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 300; i++) {
      String pod =
          "{apiVersion: v1, kind: Pod, metadata: {name: p"
              + i
              + "}, spec: {hostPID: "
              + (i % 3 == 0)
              + "}}\n";
      Files.writeString(folder.resolve("%03d.yaml".formatted(i)), pod);
    }
    var first = CommandRun.of("check", "-o", "json", folder.toString());
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out())
        .contains("\"files\":300,\"workloads\":300,\"allowed\":200,\"violating\":100");
    assertThat(CommandRun.of("check", "-o", "json", folder.toString())).isEqualTo(first);
  }

  @Test
  void noBaselineIsWrittenWhenInputsFailed(@TempDir Path folder) throws IOException {
    Path known = Files.writeString(folder.resolve("known.json"), "as it was");
    for (String input : new String[] {MANIFESTS + "/broken.yaml", "no-such-folder"}) {
      var run = CommandRun.of("check", "--write-baseline", known.toString(), input, "../examples");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("note: no baseline was written, because of the errors above");
      assertThat(Files.readString(known)).isEqualTo("as it was");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "sarif", "junit", "github", "markdown"})
  void everyFormatSaysWhichOfTwoNamespacesCounts(String format, @TempDir Path folder)
      throws IOException {
    String namespace =
        "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels:"
            + " {pod-security.kubernetes.io/enforce: %s}}}";
    Files.writeString(folder.resolve("a.yaml"), namespace.formatted("restricted"));
    Files.writeString(folder.resolve("b.yaml"), namespace.formatted("privileged"));
    assertThat(CommandRun.of("check", "--allow-empty", "-o", format, folder.toString()).out())
        .contains("the strictest of each mode counts: enforce restricted:latest");
  }

  @ParameterizedTest
  @CsvSource({
    "enforce: privileged, enforce: baseline, enforce baseline:latest",
    "enforce: baseline, enforce: privileged, enforce baseline:latest",
    "enforce: restricted, warn: baseline, enforce restricted:latest",
    "'enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.20', enforce: baseline,"
        + " enforce baseline:latest"
  })
  void theStrictestOfTwoNamespaceObjectsCounts(
      String one, String other, String counts, @TempDir Path folder) throws IOException {
    String namespace =
        "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels:"
            + " {pod-security.kubernetes.io/%s}}}";
    Files.writeString(folder.resolve("a.yaml"), namespace.formatted(one));
    Files.writeString(folder.resolve("b.yaml"), namespace.formatted(other));
    Files.writeString(
        folder.resolve("pod.yaml"),
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop},"
            + " spec: {hostPID: true, containers: [{name: a, image: i}]}}");
    var run = CommandRun.of("check", folder.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("namespace shop has Pod Security labels in 2 objects (" + folder + "/a.yaml:1, ")
        .contains("; the strictest of each mode counts: " + counts);
    assertThat(CommandRun.of("fix", folder.toString()).code()).isEqualTo(1);
  }
}

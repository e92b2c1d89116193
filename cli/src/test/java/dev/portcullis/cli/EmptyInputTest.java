package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that judged nothing never looks like one that found nothing. */
class EmptyInputTest {
  private static final String POD =
      "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: i}]}}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x.txt | hello | there is no manifest",
        ".x.yaml | a: b | there is no manifest; hidden, ignored or excluded: 1",
        "x.yaml | # nothing | 1 file holds none",
        "x.yaml | {apiVersion: v1, kind: ConfigMap} | 1 file holds none",
        "x.json | {\"a\": 1} | 1 file holds none; skipped: 1",
        "x.yaml | name: {{ .Values.x }} | 1 file holds none; 1 document is a template that must be"
            + " rendered first",
        "x.yaml | {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 3}} | 1 file holds none;"
            + " skipped: 1"
      })
  void nothingJudgedIsAnErrorWithASentence(String name, String text, String why)
      throws IOException {
    Files.writeString(folder.resolve(name), text);
    String sentence = "error: " + folder + ": no workload was judged: " + why;
    for (String command : new String[] {"check", "fix"}) {
      var run = CommandRun.of(command, folder.toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains(sentence + " (--allow-empty accepts that)\n");
      assertThat(CommandRun.of(command, "--allow-empty", folder.toString()).code()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "sarif", "junit", "github", "markdown"})
  void everyFormatSaysSo(String format) {
    var run = CommandRun.of("check", "-o", format, folder.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("no workload was judged: there is no manifest");
  }

  @Test
  void anEmptyPipeIsAnError() throws Exception {
    for (String text : new String[] {"", "\n", "---\n", "# Source: chart/x.yaml\n"}) {
      var run = new PortcullisProcess().run(text, "check", "-");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("error: -: no workload was judged: standard input holds none");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: b}}",
        "{apiVersion: v1, kind: Deployment, metadata: {name: b}}",
        "{apiVersion: v1, kind: pod, metadata: {name: b}}",
        "{apiVersion: v1, kind: List, items: [{apiVersion: apps/v1beta2, kind: DaemonSet}]}"
      })
  void aWorkloadThatNoClusterServesIsAnErrorBesideOthers(String text) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), POD + "\n---\n" + text);
    for (String command : new String[] {"check", "fix"}) {
      var run = CommandRun.of(command, "--level", "privileged", folder.toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).startsWith("error: " + folder + "/a.yaml:3: ");
    }
  }

  @Test
  void strictMakesAnErrorOfWhatIsSkipped() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), POD);
    Files.writeString(folder.resolve("values.yaml"), "replicas: 1\n");
    var relaxed = CommandRun.of("check", "--level", "privileged", folder.toString());
    assertThat(relaxed.code()).isZero();
    var strict = CommandRun.of("check", "--strict", "--level", "privileged", folder.toString());
    assertThat(strict.code()).isEqualTo(2);
    assertThat(strict.err())
        .isEqualTo(
            "error: "
                + folder
                + "/values.yaml:1: no Kubernetes object: kind is missing (skipped, --strict)\n");
    assertThat(CommandRun.of("fix", "--strict", folder.toString()).code()).isEqualTo(2);
  }
}

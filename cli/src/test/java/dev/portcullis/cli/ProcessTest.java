package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: größe}
      spec: {hostNetwork: true, containers: [{name: コンテナ, image: i}]}
      """;

  @Test
  void readsStandardInputAndExitsOneOnViolations() throws Exception {
    var run = new PortcullisProcess().run(POD, "check", "--level", "baseline", "-o", "json", "-");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("{\"results\":[\n{\"file\":\"-\",\"document\":0,\"line\":1,\"kind\":\"Pod\"");
  }

  @Test
  void writesUtf8WhateverTheLocale() throws Exception {
    var run = new PortcullisProcess().environment("LC_ALL", "C").run(POD, "check", "-");
    assertThat(run.out())
        .contains("Pod größe violates restricted:latest (default)")
        .contains("container \"コンテナ\" must set");
  }

  @Test
  void anInputErrorWinsOverViolations() throws Exception {
    var run = new PortcullisProcess().run(POD + "---\n{", "check", "-");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: -:");
    assertThat(run.out()).contains("hostNetwork");
  }

  @Test
  void aCleanRunExitsZero() throws Exception {
    var run =
        new PortcullisProcess().run("", "check", "--level", "privileged", "examples/mistakes");
    assertThat(run.code()).isZero();
  }

  @Test
  void evaluateExitsTwoAfterABadLine() throws Exception {
    String lines =
        "{\"id\":1,\"level\":\"baseline\",\"version\":\"latest\",\"pod\":{\"spec\":{}}}\n"
            + "nonsense\n";
    var run = new PortcullisProcess().run(lines, "evaluate");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out().lines()).hasSize(2);
    assertThat(new PortcullisProcess().run(lines.lines().findFirst().orElse(""), "evaluate").code())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check examples",
        "evaluate",
        "review --cluster examples/cluster",
        "explain",
        "explain hostPorts",
        "--help",
        "--version"
      })
  void offlineCommandsLoadNeitherServerNorClient(String command, @TempDir Path folder)
      throws Exception {
    Path classes = folder.resolve("classes.txt");
    new PortcullisProcess()
        .jvmOption("-Xlog:class+load:file=" + classes)
        .run("", command.split(" "));
    List<String> foreign =
        Files.readAllLines(classes).stream()
            .filter(line ->
                line.contains(" io.vertx.")
                    || line.contains(" io.netty.")
                    || line.contains(" io.fabric8.")
                    || line.contains(" org.slf4j.")
                    || line.contains(" org.bouncycastle."))
            .toList();
    assertThat(Files.size(classes)).isPositive();
    assertThat(foreign).isEmpty();
  }
}

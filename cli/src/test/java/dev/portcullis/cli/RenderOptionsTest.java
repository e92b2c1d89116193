package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs on PATH that say what they were asked for. */
class RenderOptionsTest {
  private static final String POD =
      "{apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {hostPID: true, containers: [{name:"
          + " a, image: i}]}}";

  @TempDir private Path folder;

  @Test
  void aKustomizationIsRenderedByKustomizeOrElseKubectl() throws Exception {
    program("kubectl", "test \"$1 $2\" = 'kustomize overlay' || exit 9; echo '" + POD + "'");
    assertThat(run("check", "-o", "json", "-k", "overlay").out())
        .contains("\"file\":\"overlay (kubectl)\"");
    program("kustomize", "test \"$1 $2\" = 'build overlay' || exit 9; echo '" + POD + "'");
    var run = run("check", "-o", "json", "-k", "overlay");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("\"file\":\"overlay (kustomize)\"");
  }

  @Test
  void aChartIsRenderedByHelmWithValues() throws Exception {
    program("helm", "test \"$*\" = 'template ./c --values v.yaml' || exit 9; echo '" + POD + "'");
    var run = run("check", "-o", "json", "--helm", "./c", "--values", "v.yaml");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("\"file\":\"./c (helm)\"");
  }

  @Test
  void whatCannotBeRenderedIsAnError() throws Exception {
    var missing = run("check", "--helm", "c");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualTo("error: c: there is no helm on PATH to render it; install it\n");
    program("helm", "echo 'Error: no chart' >&2; exit 1");
    var failing = run("check", "--helm", "c");
    assertThat(failing.code()).isEqualTo(2);
    assertThat(failing.err()).isEqualTo("error: c: helm template c failed: Error: no chart\n");
    program("helm", "exit 0");
    var empty = run("check", "--helm", "c");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("error: c: no workload was judged: ");
  }

  private void program(String name, String script) throws IOException {
    Path file =
        Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script.formatted("a") + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandRun run(String... arguments) throws Exception {
    return new PortcullisProcess().environment("PATH", folder.toString()).run("", arguments);
  }
}

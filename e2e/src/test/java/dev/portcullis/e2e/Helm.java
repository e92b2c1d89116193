package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The helm of an operator at a terminal, who installs our chart. */
record Helm(Path kubeconfig) {
  private static final String CHART =
      Tools.checkout().resolve("deploy/chart/portcullis").toString();

  /** Installs the release, or upgrades it, to these values and the chart's other ones. */
  void upgrade(List<String> values) {
    var arguments =
        new ArrayList<>(
            List.of("upgrade", "--install", "--create-namespace", Registration.RELEASE, CHART));
    values.forEach(value -> arguments.add("--set=" + value));
    run(arguments);
  }

  void uninstall() {
    run(List.of("uninstall", Registration.RELEASE));
  }

  /** {@return what it printed} Fails unless the command succeeded. */
  String run(List<String> arguments) {
    var command = new ArrayList<>(List.of(Tools.installed().path("helm")));
    command.addAll(arguments);
    command.addAll(List.of("--namespace=" + Registration.NAMESPACE, "--kubeconfig=" + kubeconfig));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", kubeconfig.resolveSibling("home").toString());
    try {
      Process helm = builder.start();
      String output = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (helm.waitFor() != 0) {
        throw new AssertionError(command + " exited with " + helm.exitValue() + ":\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while helm ran", e);
    }
  }
}

package dev.portcullis.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The kubectl of a person at a terminal. */
final class Kubectl {
  private final Path kubeconfig;
  private final Path home;

  private Kubectl(Path kubeconfig, Path home) {
    this.kubeconfig = kubeconfig;
    this.home = home;
  }

  static Kubectl of(ApiClient client, Path folder) {
    Path kubeconfig = folder.resolve("kubeconfig");
    Identity.replace(kubeconfig, client.kubeconfig());
    return new Kubectl(kubeconfig, folder);
  }

  /**
   * What a command did; {@code seen} is what stands on the screen, both streams in the order they
   * were written.
   */
  record Output(int exitCode, String seen) {
    /** {@return what stands on the screen} Fails unless the command succeeded. */
    String succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("kubectl exited with " + exitCode + ":\n" + seen);
      }
      return seen;
    }
  }

  /** Runs a command, its standard input empty. */
  Output run(String... arguments) {
    return run(new ProcessBuilder().redirectInput(new File("/dev/null")), arguments);
  }

  /** Runs {@code kubectl apply} on a manifest. */
  Output apply(String manifest) {
    return applyWith(manifest);
  }

  /** Runs {@code kubectl apply} on a manifest, with more flags. */
  Output applyWith(String manifest, String... flags) {
    return runOn(manifest, "apply", flags);
  }

  /** Runs {@code kubectl diff}: exit code 0 when applying the manifest would change nothing. */
  Output diff(String manifest) {
    return runOn(manifest, "diff");
  }

  /** Runs {@code kubectl delete} on a manifest. */
  Output delete(String manifest) {
    return runOn(manifest, "delete");
  }

  /** {@return the objects of a manifest, none of which is made} */
  List<ObjectNode> objects(String manifest) {
    String json = runOn(manifest, "create", "--dry-run=client", "--output=json").succeeded();
    try (var objects = ApiClient.JSON.readerFor(ObjectNode.class).<ObjectNode>readValues(json)) {
      return objects.readAll();
    }
  }

  private Output runOn(String manifest, String command, String... flags) {
    try {
      Path file = Files.createTempFile(home, "manifest", ".yaml");
      Files.writeString(file, manifest);
      return run(
          Stream.concat(Stream.of(command, "-f", file.toString()), Arrays.stream(flags))
              .toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Output run(ProcessBuilder builder, String... arguments) {
    var command = new ArrayList<>(List.of(Tools.installed().path("kubectl")));
    command.addAll(List.of(arguments));
    builder.command(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", home.toString());
    try {
      Process process = builder.start();
      String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), seen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while kubectl ran", e);
    }
  }
}

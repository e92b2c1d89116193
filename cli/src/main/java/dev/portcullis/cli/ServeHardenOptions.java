package dev.portcullis.cli;

import dev.portcullis.admission.harden.HardenConfiguration;
import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.webhook.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code /mutate} does where a namespace has no labels for it. */
final class ServeHardenOptions {
  @Option(
      names = "--harden-config",
      paramLabel = "FILE",
      description =
          "A HardeningConfiguration: what /mutate does in namespaces without labels for it.")
  private @Nullable Path hardenConfig;

  /** {@return what the file says, nothing without one} */
  HardenOrder order() throws StartException {
    Path file = hardenConfig;
    if (file == null) {
      return HardenOrder.NONE;
    }
    try {
      return HardenConfiguration.load(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new StartException("--harden-config " + file + ": " + Inputs.problem(unreadable));
    } catch (IllegalArgumentException invalid) {
      throw new StartException("--harden-config " + file + ": " + invalid.getMessage());
    }
  }
}

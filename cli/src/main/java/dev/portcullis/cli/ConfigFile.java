package dev.portcullis.cli;

import dev.portcullis.admission.config.ConfigurationException;
import dev.portcullis.admission.config.ConfigurationLoader;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the file of {@code --config}. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * {@return the configuration in this file}; an {@link InputException} in the reference's words
   * when there is none.
   */
  static PodSecurityConfiguration load(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new InputException("open " + file + ": " + problem(unreadable));
    }
    try {
      return ConfigurationLoader.load(
          content, path -> Files.readAllBytes(file.resolveSibling(path)));
    } catch (ConfigurationException invalid) {
      throw new InputException(invalid.webhookMessage());
    }
  }

  private static String problem(IOException failure) {
    return switch (failure) {
      case NoSuchFileException none -> "no such file or directory";
      case AccessDeniedException denied -> "permission denied";
      default -> String.valueOf(failure.getMessage());
    };
  }
}

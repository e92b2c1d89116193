package dev.portcullis.admission.config;

import java.io.IOException;

/**
 * Bytes to a configuration: JSON or YAML, a PodSecurityConfiguration of any of its three versions or an
 * AdmissionConfiguration that holds one.
 */
public final class ConfigurationLoader {
  private ConfigurationLoader() {}

  /** Reads a file that an AdmissionConfiguration names. */
  @FunctionalInterface
  public interface FileReader {
    /** {@return the bytes of the file at this path, which may be relative to the wrapper's} */
    byte[] read(String path) throws IOException;
  }

  /** {@return the configuration}; no bytes at all are {@link PodSecurityConfiguration#ALLOW_ALL}. */
  public static PodSecurityConfiguration load(byte[] content) throws ConfigurationException {
    return load(
        content,
        path -> {
          throw new IOException("open " + path + ": no files can be read here");
        });
  }

  /** {@return the configuration}, other files read through {@code files} */
  public static PodSecurityConfiguration load(byte[] content, FileReader files) throws ConfigurationException {
    throw new UnsupportedOperationException("not yet: " + content.length + files);
  }
}

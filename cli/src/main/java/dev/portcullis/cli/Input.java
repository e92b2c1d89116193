package dev.portcullis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, or standard input.
 *
 * @param name as reports name it, {@code -} for standard input
 * @param path where it is, null for standard input
 */
record Input(String name, @Nullable Path path) {
  /**
   * The longest manifest that is read, in bytes; an API server takes no object of more than 3 MiB.
   */
  static final int MAX_BYTES = 64 << 20;

  static Input file(String name, Path path) {
    return new Input(name, path);
  }

  static Input standardInput() {
    return new Input("-", null);
  }

  /** {@return the whole content}; fails past {@link #MAX_BYTES}. */
  byte[] read() throws IOException {
    if (path == null) {
      return bounded(System.in);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return bounded(in);
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("it is larger than " + (MAX_BYTES >> 20) + " MiB");
    }
    return bytes;
  }
}

package dev.portcullis.manifests.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, or standard input.
 *
 * @param name as reports name it, {@code -} for standard input
 * @param path where it is, null for standard input
 */
public record InputFile(String name, @Nullable Path path) {
  /**
   * The longest manifest that is read, in bytes; an API server takes no object of more than 3 MiB.
   */
  public static final int MAX_BYTES = 64 << 20;

  /** The name of standard input. */
  public static final String STANDARD_INPUT = "-";

  /** {@return standard input} */
  public static InputFile standardInput() {
    return new InputFile(STANDARD_INPUT, null);
  }

  /**
   * {@return the whole content}
   *
   * @throws IOException when it cannot be read, or is longer than {@link #MAX_BYTES}
   */
  public byte[] read() throws IOException {
    Path file = path;
    if (file == null) {
      return bounded(System.in);
    }
    try (InputStream in = Files.newInputStream(file)) {
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

  /** {@return the problem in words, without the file's name} */
  public static String problem(IOException failure) {
    return switch (failure) {
      case NoSuchFileException none -> "no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> "cannot be read: " + failure.getMessage();
    };
  }
}

package dev.portcullis.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a loader read, and how each file looked just before: so a change that comes while it reads
 * is seen as one. Not thread-safe.
 *
 * <p>What is compared is a file's real path, its identity, size and time: mounted ConfigMaps and
 * Secrets change by a symlink far up the path.
 */
public final class FileTrace {
  /** A configuration or a chain of certificates has some kilobytes. */
  private static final int MAX_BYTES = 16 << 20;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_FILES = 100_000;

  private final Map<Path, String> seen = new LinkedHashMap<>();

  /** Of nothing yet. */
  public FileTrace() {}

  /**
   * {@return the bytes of this file, which from now on is part of the trace, readable or not}
   *
   * @throws IOException if it cannot be read, or is larger than 16 MiB
   */
  public byte[] read(Path file) throws IOException {
    add(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /** Makes a file or folder part of the trace, as it is now; one that was read before stays. */
  public void add(Path path) {
    seen.computeIfAbsent(path, FileTrace::fingerprint);
  }

  /** {@return the same files and folders as they look now} */
  FileTrace again() {
    var trace = new FileTrace();
    seen.keySet().forEach(trace::add);
    return trace;
  }

  /** {@return whether anything of it looks otherwise now} */
  boolean changed() {
    for (Map.Entry<Path, String> entry : seen.entrySet()) {
      if (!fingerprint(entry.getKey()).equals(entry.getValue())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return seen.keySet().toString();
  }

  private static String fingerprint(Path path) {
    var out = new StringBuilder();
    if (!Files.isDirectory(path)) {
      append(out, path);
      return out.toString();
    }
    try (Stream<Path> files = Files.walk(path, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      files.limit(MAX_FILES).sorted().forEach(file -> append(out, file));
    } catch (IOException | UncheckedIOException e) {
      out.append("unreadable ").append(path);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      out.append(file.toRealPath())
          .append(' ')
          .append(is.fileKey())
          .append(' ')
          .append(is.size())
          .append(' ')
          .append(is.lastModifiedTime())
          .append('\n');
    } catch (IOException e) {
      out.append("missing ").append(file).append('\n');
    }
  }
}

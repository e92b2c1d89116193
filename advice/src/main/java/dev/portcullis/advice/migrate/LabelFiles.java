package dev.portcullis.advice.migrate;

import dev.portcullis.report.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes labels as manifests, a Namespace a file. */
public final class LabelFiles {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private LabelFiles() {}

  /**
   * Writes the labels of all namespaces of a report that get any, each into {@code NAME.yaml}. A
   * file that holds the same already stays; if one holds something else, nothing is written at all.
   *
   * @return what was written
   * @throws IOException when it cannot be done; the message says why
   */
  public static List<Path> write(MigrationReport report, Path folder) throws IOException {
    var files = new LinkedHashMap<Path, byte[]>();
    for (MigrationReport.Namespace namespace : report.namespaces()) {
      if (namespace.labels().isEmpty()) {
        continue;
      }
      if (!NAME.matcher(namespace.name()).matches()) {
        throw new FileSystemException(
            namespace.name(), null, "\"" + namespace.name() + "\" is no name of a namespace");
      }
      Path file = folder.resolve(namespace.name() + ".yaml");
      byte[] content = manifest(namespace).getBytes(StandardCharsets.UTF_8);
      if (!Files.exists(file)) {
        files.put(file, content);
      } else if (!Arrays.equals(Files.readAllBytes(file), content)) {
        throw new FileAlreadyExistsException(
            file.toString(),
            null,
            file + " holds something else; move it away, or name another folder");
      }
    }
    Files.createDirectories(folder);
    var written = new ArrayList<Path>();
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      AtomicFile.create(file.getKey(), file.getValue());
      written.add(file.getKey());
    }
    return written;
  }

  /** {@return the Namespace with its labels and nothing else} */
  static String manifest(MigrationReport.Namespace namespace) {
    var out = new StringBuilder();
    out.append("# Apply it so that other labels stay: kubectl apply --server-side -f\n")
        .append("apiVersion: v1\n")
        .append("kind: Namespace\n")
        .append("metadata:\n")
        .append("  name: \"")
        .append(namespace.name())
        .append("\"\n")
        .append("  labels:\n");
    namespace
        .labels()
        .forEach(
            (key, value) -> out.append("    ").append(key).append(": ").append(value).append('\n'));
    return out.toString();
  }
}

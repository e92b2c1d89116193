package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A Secret or ConfigMap as the kubelet mounts it: each file is a link into {@code ..data}, itself a
 * link to a folder of this moment, and an update replaces that one link.
 */
record MountedFolder(Path path) {
  Path file(String name) {
    return path.resolve(name);
  }

  /** Replaces all files in one step. */
  void write(Map<String, String> files) {
    try {
      Files.createDirectories(path);
      Path data = path.resolve("..data");
      Path old = Files.exists(data) ? data.toRealPath() : null;
      Path fresh = Files.createTempDirectory(path, "..");
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(fresh.resolve(file.getKey()), file.getValue());
      }
      Path link = path.resolve("..data_tmp");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, fresh.getFileName());
      Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      for (String name : files.keySet()) {
        if (!Files.isSymbolicLink(file(name))) {
          Files.createSymbolicLink(file(name), Path.of("..data", name));
        }
      }
      if (old != null) {
        remove(old);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The kubelet removes what it has replaced; who watches the file itself learns of the update by
   * that only.
   */
  private static void remove(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}

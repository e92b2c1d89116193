package dev.portcullis.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * Replaces a file's content in one step: whoever reads it sees the old or the new, never a part.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Replaces the content. A symbolic link stays one, and the file that it leads to is replaced.
   * Permissions and group stay.
   *
   * @param expected what the file holds; if it holds something else by now, it is left alone
   * @throws IOException when it cannot be done; the file is then as it was
   */
  public static void replace(Path file, byte[] expected, byte[] content) throws IOException {
    Path real = file.toRealPath();
    if (!Files.isWritable(real)) {
      throw new FileSystemException(file.toString(), null, "it is read-only");
    }
    Path temporary = Files.createTempFile(real.getParent(), ".portcullis-", ".tmp");
    try {
      Files.write(temporary, content);
      copyPermissions(real, temporary);
      if (!Arrays.equals(Files.readAllBytes(real), expected)) {
        throw new FileSystemException(file.toString(), null, "it has changed meanwhile");
      }
      Files.move(
          temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Makes a file that is not there yet.
   *
   * @throws FileAlreadyExistsException when it is there; it is left alone
   * @throws IOException when it cannot be done; there is no file then
   */
  public static void create(Path file, byte[] content) throws IOException {
    Path temporary =
        Files.createTempFile(file.toAbsolutePath().getParent(), ".portcullis-", ".tmp");
    try {
      Files.write(temporary, content);
      shareWithReaders(temporary);
      try {
        // A link is made in one step, and never over what is there.
        Files.createLink(file, temporary);
      } catch (FileAlreadyExistsException exists) {
        throw exists;
      } catch (UnsupportedOperationException | FileSystemException noLinks) {
        Files.move(temporary, file);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Temporary files are for their owner alone; manifests are not secret. */
  private static void shareWithReaders(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    var source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    var target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (source == null || target == null) {
      return;
    }
    PosixFileAttributes attributes = source.readAttributes();
    if (!target.readAttributes().group().equals(attributes.group())) {
      try {
        target.setGroup(attributes.group());
      } catch (IOException notOurs) {
        // A group that we are no member of cannot be given; the owner can.
      }
    }
    target.setPermissions(attributes.permissions());
  }
}

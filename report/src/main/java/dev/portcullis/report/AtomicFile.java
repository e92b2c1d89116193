package dev.portcullis.report;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.UUID;

/**
 * Replaces a file's content in one step: whoever reads it sees the old or the new, never a part.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Replaces the content. A symbolic link stays one, and the file that it leads to is replaced.
   * Permissions, group and owner stay. Where that needs more rights than there are, and where the
   * file has other names (hard links), its content is written in place, and put back if that fails.
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
      boolean same = links(real) == 1 && copyOwnership(real, temporary);
      if (!Arrays.equals(Files.readAllBytes(real), expected)) {
        throw new FileSystemException(file.toString(), null, "it has changed meanwhile");
      }
      if (same) {
        Files.move(
            temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        inPlace(real, expected, content);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** What a file is filled with. */
  public interface Content {
    /** Writes all of it. */
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Makes or replaces a file of UTF-8. A device or pipe, {@code /dev/stdout} say, is written to as
   * it comes.
   *
   * @throws IOException when it cannot be done; what was there before is then as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.exists(real) && !Files.isRegularFile(real)) {
      fill(Files.newOutputStream(real), content);
      return;
    }
    byte[] before = Files.exists(real) ? Files.readAllBytes(real) : null;
    if (before != null) {
      var bytes = new ByteArrayOutputStream();
      fill(bytes, content);
      replace(real, before, bytes.toByteArray());
      return;
    }
    Path temporary = real.resolveSibling(".portcullis-" + UUID.randomUUID() + ".tmp");
    try {
      fill(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), content);
      Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException nowhere) {
      throw new NoSuchFileException(file.toString());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void fill(OutputStream stream, Content content) throws IOException {
    try (var out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8))) {
      content.writeTo(out);
    }
  }

  private static void inPlace(Path file, byte[] before, byte[] content) throws IOException {
    try {
      Files.write(file, content);
    } catch (IOException failure) {
      try {
        Files.write(file, before);
      } catch (IOException again) {
        failure.addSuppressed(again);
      }
      throw failure;
    }
  }

  private static int links(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:nlink") instanceof Integer links ? links : 1;
    } catch (UnsupportedOperationException | IllegalArgumentException unknown) {
      return 1;
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

  /** {@return whether all could be given to the other file} */
  private static boolean copyOwnership(Path from, Path to) throws IOException {
    var source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    var target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (source == null || target == null) {
      return true;
    }
    PosixFileAttributes attributes = source.readAttributes();
    PosixFileAttributes ours = target.readAttributes();
    try {
      if (!ours.group().equals(attributes.group())) {
        target.setGroup(attributes.group());
      }
      if (!ours.owner().equals(attributes.owner())) {
        target.setOwner(attributes.owner());
      }
    } catch (IOException notOurs) {
      return false;
    }
    target.setPermissions(attributes.permissions());
    return true;
  }
}

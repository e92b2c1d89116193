package dev.portcullis.manifests.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What a path leads to, as far as reading it goes: only files end by themselves. */
enum FileKind {
  FILE(""),
  FOLDER(""),
  PIPE("a named pipe, not a file"),
  SOCKET("a socket, not a file"),
  DEVICE("a device, not a file");

  private static final int TYPE = 0170000;
  private static final int TYPE_PIPE = 0010000;
  private static final int TYPE_SOCKET = 0140000;

  private final String problem;

  FileKind(String problem) {
    this.problem = problem;
  }

  /** {@return why it is not read; empty for files and folders} */
  String problem() {
    return problem;
  }

  static FileKind of(Path path, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return FOLDER;
    }
    if (attributes.isRegularFile()) {
      return FILE;
    }
    return switch (mode(path) & TYPE) {
      case TYPE_PIPE -> PIPE;
      case TYPE_SOCKET -> SOCKET;
      default -> DEVICE;
    };
  }

  private static int mode(Path path) {
    try {
      return Files.getAttribute(path, "unix:mode") instanceof Integer mode ? mode : 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return 0;
    }
  }
}

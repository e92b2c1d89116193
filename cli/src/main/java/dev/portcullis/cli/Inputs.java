package dev.portcullis.cli;

import dev.portcullis.report.InputError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the files that the arguments of a command name: each as given, folders searched for
 * manifests.
 *
 * <p>The order is that of the arguments, and of names inside a folder. A file that can be reached
 * in several ways counts once, under the first; a link that leads back to a folder around it ends
 * there.
 */
final class Inputs {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
  private static final String STDIN = "-";

  private final List<Input> found = new ArrayList<>();
  private final List<InputError> errors = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();

  private Inputs() {}

  /** {@return what these arguments name} */
  static Inputs find(List<String> arguments) {
    var inputs = new Inputs();
    for (String argument : arguments) {
      inputs.argument(argument);
    }
    return inputs;
  }

  /** {@return the files, in order} */
  List<Input> found() {
    return Collections.unmodifiableList(found);
  }

  /** {@return arguments and folders that could not be read} */
  List<InputError> errors() {
    return Collections.unmodifiableList(errors);
  }

  /** {@return what a user should know, though it is no error} */
  List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  private void argument(String argument) {
    if (argument.equals(STDIN)) {
      if (seen.add(STDIN)) {
        found.add(Input.standardInput());
      }
      return;
    }
    try {
      Path path = Path.of(argument);
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        int before = found.size();
        boolean fresh = enter(path, path, attributes);
        if (fresh && found.size() == before) {
          notes.add(argument + " holds no *.yaml, *.yml or *.json");
        }
      } else if (fresh(path, attributes)) {
        found.add(Input.file(name(path), path));
      }
    } catch (InvalidPathException unusable) {
      errors.add(new InputError(argument, 0, 0, "is no path: " + unusable.getReason()));
    } catch (IOException unreadable) {
      errors.add(new InputError(argument, 0, 0, problem(unreadable)));
    }
  }

  private boolean enter(Path folder, Path argument, BasicFileAttributes attributes)
      throws IOException {
    if (!fresh(folder, attributes)) {
      return false;
    }
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
      listing.forEach(children::add);
    }
    children.sort(null);
    for (Path child : children) {
      child(child, argument);
    }
    return true;
  }

  private void child(Path child, Path argument) {
    String fileName = child.getFileName().toString();
    boolean manifest = ENDINGS.stream().anyMatch(fileName::endsWith);
    try {
      var attributes = Files.readAttributes(child, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        if (!fileName.equals(".git")) {
          enter(child, argument, attributes);
        }
      } else if (manifest && fresh(child, attributes)) {
        found.add(Input.file(name(child), child));
      }
    } catch (IOException unreadable) {
      if (manifest || !(unreadable instanceof NoSuchFileException)) {
        errors.add(new InputError(name(child), 0, 0, problem(unreadable)));
      }
    }
  }

  private boolean fresh(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return seen.add(key != null ? key : path.toRealPath());
  }

  private static String name(Path path) {
    Path normal = path.normalize();
    return (normal.toString().isEmpty() ? path : normal).toString();
  }

  /** {@return the problem in words, without the file's name} */
  static String problem(IOException failure) {
    return switch (failure) {
      case NoSuchFileException none -> "no such file or folder";
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> "cannot be read: " + failure.getMessage();
    };
  }
}

package dev.portcullis.manifests.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that the arguments of a command name: each as given, folders searched for
 * manifests.
 *
 * <p>The order is that of the arguments, and of names inside a folder. A file that can be reached
 * in several ways counts once, under the first; a link that leads back to a folder around it ends
 * there. In folders, hidden names, {@code node_modules} and what .gitignore or .portcullisignore
 * name are left out.
 */
public final class InputSearch {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
  private static final String IGNORE_FILE = ".portcullisignore";
  private static final String GIT_IGNORE_FILE = ".gitignore";
  private static final Set<String> STANDARD_INPUT_NAMES =
      Set.of(InputFile.STANDARD_INPUT, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
  private static final int MAX_FILES = 1_000_000;

  private final SearchOptions options;
  private final Exclusions exclusions;
  private final List<InputFile> found = new ArrayList<>();
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> skipped = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private final KustomizePatches patches = new KustomizePatches();
  private int leftOut;
  private boolean tooMany;

  /**
   * A path that is not read, and why.
   *
   * @param name the path as reports name it
   * @param reason one clause without a final period
   */
  public record Problem(String name, String reason) {}

  /** The folder that is searched, with the ignore rules that hold in it. */
  private record Folder(
      Path path, Path argument, List<String> parts, @Nullable IgnoreRules rules) {}

  private InputSearch(SearchOptions options) {
    this.options = options;
    this.exclusions = new Exclusions(options.exclude());
  }

  /** {@return what these arguments name} */
  public static InputSearch find(List<String> arguments, SearchOptions options) {
    var search = new InputSearch(options);
    for (String argument : arguments) {
      search.argument(argument);
    }
    return search;
  }

  /** {@return the files, in order} */
  public List<InputFile> found() {
    return Collections.unmodifiableList(found);
  }

  /** {@return arguments, folders and manifests that cannot be read} */
  public List<Problem> errors() {
    return Collections.unmodifiableList(errors);
  }

  /** {@return what has the name of a manifest and is none} */
  public List<Problem> skipped() {
    return Collections.unmodifiableList(skipped);
  }

  /** {@return what a user should know, though it is no error} */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  /** {@return how many files and folders were left out as hidden, ignored or excluded} */
  public int leftOut() {
    return leftOut;
  }

  private void argument(String argument) {
    if (STANDARD_INPUT_NAMES.contains(argument)) {
      if (seen.add(InputFile.STANDARD_INPUT)) {
        found.add(InputFile.standardInput());
      }
      return;
    }
    try {
      Path path = Path.of(argument);
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      FileKind kind = FileKind.of(path, attributes);
      if (exclusions.leaveOut(path, path, kind == FileKind.FOLDER)) {
        leftOut++;
      } else if (kind == FileKind.FOLDER) {
        folder(argument, path, attributes);
      } else if (kind == FileKind.FILE || (kind == FileKind.PIPE && isDescriptor(path))) {
        if (fresh(path, attributes) && !isPatch(path)) {
          found.add(new InputFile(name(path), path));
        }
      } else {
        String way = kind == FileKind.PIPE ? "; give what it says on standard input: - < FILE" : "";
        errors.add(new Problem(argument, "is " + kind.problem() + way));
      }
    } catch (InvalidPathException unusable) {
      errors.add(new Problem(argument, "is no path: " + unusable.getReason()));
    } catch (IOException unreadable) {
      errors.add(new Problem(argument, problem(Path.of(argument), unreadable)));
    }
  }

  private boolean isPatch(Path file) {
    boolean patch = patches.contain(file);
    if (patch) {
      skipped.add(new Problem(name(file), "a patch that a kustomization names"));
    }
    return patch;
  }

  /** What a shell makes of {@code <(helm template ...)} ends when that command does. */
  private static boolean isDescriptor(Path path) {
    return path.startsWith("/dev/fd") || path.startsWith("/proc");
  }

  private void folder(String argument, Path path, BasicFileAttributes attributes)
      throws IOException {
    int before = found.size() + skipped.size() + errors.size();
    int leftOutBefore = leftOut;
    if (enter(outermost(path), attributes)
        && found.size() + skipped.size() + errors.size() == before) {
      int out = leftOut - leftOutBefore;
      notes.add(
          argument
              + " holds no *.yaml, *.yml or *.json"
              + (out == 0
                  ? ""
                  : " but what is hidden, ignored or excluded (--no-ignore reads it)"));
    }
  }

  /**
   * The ignore files of the folders around an argument hold in it too: up to the root of the
   * repository, or else the current folder. Unless they leave out the argument itself: who names it
   * wants it.
   */
  private Folder outermost(Path argument) throws IOException {
    Path absolute = argument.toAbsolutePath().normalize();
    Path top = top(absolute);
    var parts = new ArrayList<String>();
    IgnoreRules rules = null;
    Path folder = top;
    for (Path part : top.relativize(absolute)) {
      if (part.toString().isEmpty()) {
        continue;
      }
      rules = rulesOf(folder, parts.size(), rules);
      parts.add(part.toString());
      folder = folder.resolve(part);
      if (IgnoreRules.ignores(rules, parts, true)) {
        rules = null;
      }
    }
    return new Folder(argument, argument, List.copyOf(parts), rules);
  }

  private static Path top(Path absolute) {
    for (Path folder = absolute; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
        return folder;
      }
    }
    Path current = Path.of("").toAbsolutePath().normalize();
    return absolute.startsWith(current) ? current : absolute;
  }

  private @Nullable IgnoreRules rulesOf(Path folder, int depth, @Nullable IgnoreRules around) {
    IgnoreRules rules = around;
    for (String name :
        options.everything() ? List.of(IGNORE_FILE) : List.of(GIT_IGNORE_FILE, IGNORE_FILE)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        try {
          rules = IgnoreRules.read(rules, depth, file);
        } catch (IOException unreadable) {
          notes.add(name(file) + ": " + problem(file, unreadable) + "; it leaves nothing out");
        }
      }
    }
    return rules;
  }

  /** {@return whether the folder had not been searched yet} */
  private boolean enter(Folder folder, BasicFileAttributes attributes) throws IOException {
    if (!fresh(folder.path(), attributes)) {
      return false;
    }
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder.path())) {
      listing.forEach(children::add);
    }
    children.sort(null);
    var inside =
        new Folder(
            folder.path(),
            folder.argument(),
            folder.parts(),
            rulesOf(folder.path(), folder.parts().size(), folder.rules()));
    for (Path child : children) {
      child(child, inside);
    }
    return true;
  }

  private void child(Path child, Folder folder) {
    String fileName = child.getFileName().toString();
    boolean manifest = isManifest(fileName);
    try {
      var attributes = Files.readAttributes(child, BasicFileAttributes.class);
      FileKind kind = FileKind.of(child, attributes);
      if (kind != FileKind.FOLDER && !manifest) {
        return;
      }
      var parts = new ArrayList<>(folder.parts());
      parts.add(fileName);
      if (leavesOut(child, fileName, kind, parts, folder)) {
        leftOut++;
      } else if (kind == FileKind.FOLDER) {
        enter(new Folder(child, folder.argument(), List.copyOf(parts), folder.rules()), attributes);
      } else if (fresh(child, attributes)) {
        file(child, kind, attributes);
      }
    } catch (IOException unreadable) {
      unreadable(child, fileName, manifest, unreadable, folder);
    }
  }

  private boolean leavesOut(
      Path child, String fileName, FileKind kind, List<String> parts, Folder folder) {
    boolean isFolder = kind == FileKind.FOLDER;
    boolean usual =
        !options.everything() && (fileName.startsWith(".") || (isFolder && isForeign(fileName)));
    return usual
        || fileName.equals(".git")
        || IgnoreRules.ignores(folder.rules(), parts, isFolder)
        || exclusions.leaveOut(child, folder.argument(), isFolder);
  }

  private static boolean isForeign(String folder) {
    return folder.equals("node_modules");
  }

  private void file(Path file, FileKind kind, BasicFileAttributes attributes) throws IOException {
    if (kind != FileKind.FILE) {
      skipped.add(new Problem(name(file), kind.problem()));
    } else if (attributes.size() > InputFile.MAX_BYTES && !ObjectWords.areIn(file)) {
      skipped.add(new Problem(name(file), "larger than 64 MiB, and no Kubernetes object"));
    } else if (found.size() >= MAX_FILES) {
      if (!tooMany) {
        tooMany = true;
        errors.add(
            new Problem(name(file), "and what follows is more than " + MAX_FILES + " files"));
      }
    } else if (!isPatch(file)) {
      found.add(new InputFile(name(file), file));
    }
  }

  private void unreadable(
      Path child, String fileName, boolean manifest, IOException failure, Folder folder) {
    var parts = new ArrayList<>(folder.parts());
    parts.add(fileName);
    boolean linkToNowhere = !Files.exists(child) && Files.isSymbolicLink(child);
    if ((linkToNowhere && !manifest)
        || leavesOut(child, fileName, manifest ? FileKind.FILE : FileKind.FOLDER, parts, folder)) {
      return;
    }
    errors.add(new Problem(name(child), problem(child, failure)));
  }

  private static boolean isManifest(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  private boolean fresh(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return seen.add(key != null ? key : path.toRealPath());
  }

  private static String name(Path path) {
    Path normal = path.normalize();
    return (normal.toString().isEmpty() ? path : normal).toString();
  }

  private static String problem(Path path, IOException failure) {
    return Files.isSymbolicLink(path) && !Files.exists(path)
        ? "is a link to a file that does not exist"
        : InputFile.problem(failure);
  }
}

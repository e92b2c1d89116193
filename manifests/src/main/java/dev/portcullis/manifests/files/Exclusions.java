package dev.portcullis.manifests.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Patterns from the command line: they are meant from the current folder or an argument on. */
final class Exclusions {
  private final IgnoreRules rules;
  private final boolean none;
  private final Path current = Path.of("").toAbsolutePath();

  Exclusions(List<String> patterns) {
    this.rules = IgnoreRules.of(null, 0, patterns);
    this.none = patterns.isEmpty();
  }

  /** {@return whether a path that was found under this argument is left out} */
  boolean leaveOut(Path path, Path argument, boolean folder) {
    if (none) {
      return false;
    }
    Path absolute = path.toAbsolutePath().normalize();
    Path above = argument.toAbsolutePath().normalize().getParent();
    Path from = absolute.startsWith(current) || above == null ? current : above;
    List<String> named = parts(absolute.startsWith(from) ? from.relativize(absolute) : absolute);
    return anyPart(named, folder)
        || (!path.equals(argument)
            && IgnoreRules.ignores(rules, parts(argument.relativize(path)), folder));
  }

  /** Nobody has asked about the folders above an argument, so they are asked about here. */
  private boolean anyPart(List<String> parts, boolean folder) {
    for (int i = 1; i <= parts.size(); i++) {
      if (IgnoreRules.ignores(rules, parts.subList(0, i), folder || i < parts.size())) {
        return true;
      }
    }
    return false;
  }

  private static List<String> parts(Path path) {
    var parts = new ArrayList<String>();
    for (Path part : path) {
      parts.add(part.toString());
    }
    return parts;
  }
}

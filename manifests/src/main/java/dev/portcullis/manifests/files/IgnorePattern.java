package dev.portcullis.manifests.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pattern in the syntax of .gitignore.
 *
 * @param segments the parts between slashes; {@code **} stands for any number of folders
 * @param onlyFolders whether it ends in a slash
 * @param negated whether it begins with {@code !}, which takes an earlier match back
 * @see <a href="https://git-scm.com/docs/gitignore#_pattern_format">gitignore, pattern format</a>
 */
record IgnorePattern(List<String> segments, boolean onlyFolders, boolean negated) {
  private static final String ANY_FOLDERS = "**";

  IgnorePattern {
    segments = List.copyOf(segments);
  }

  /** {@return the pattern on this line; null for a comment or a blank line} */
  static @Nullable IgnorePattern parse(String line) {
    String text = withoutTrailingSpaces(line);
    if (text.startsWith("#")) {
      return null;
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean onlyFolders = text.endsWith("/");
    if (onlyFolders) {
      text = text.substring(0, text.length() - 1);
    }
    var segments = new ArrayList<String>();
    if (text.indexOf('/') < 0) {
      // Without a slash inside, a name matches at any depth.
      segments.add(ANY_FOLDERS);
    }
    for (String segment : text.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    boolean empty = segments.isEmpty() || (text.isEmpty() && segments.size() == 1);
    return empty ? null : new IgnorePattern(segments, onlyFolders, negated);
  }

  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  /**
   * {@return whether it names this file or folder itself}
   *
   * @param path the parts of the path from the pattern's folder on
   */
  boolean matches(List<String> path, boolean folder) {
    return (folder || !onlyFolders) && matchesSegments(path);
  }

  private boolean matchesSegments(List<String> path) {
    int pattern = 0;
    int part = 0;
    int retryPattern = -1;
    int retryPart = -1;
    while (part < path.size()) {
      if (pattern < segments.size() && segments.get(pattern).equals(ANY_FOLDERS)) {
        retryPattern = ++pattern;
        retryPart = part;
        if (pattern == segments.size()) {
          // "folder/**" means what is inside the folder, at any depth.
          return true;
        }
      } else if (pattern < segments.size() && Glob.matches(segments.get(pattern), path.get(part))) {
        pattern++;
        part++;
      } else if (retryPattern >= 0) {
        pattern = retryPattern;
        part = ++retryPart;
      } else {
        return false;
      }
    }
    return pattern == segments.size();
  }
}

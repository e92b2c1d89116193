package dev.portcullis.manifests;

import java.util.ArrayList;
import java.util.List;

/**
 * A path such as {@code spec.containers[1].securityContext.privileged} or {@code
 * metadata.annotations[example.com/a.b]}.
 *
 * @param steps keys ({@link String}) and indices ({@link Integer})
 */
record FieldPath(List<Object> steps) {
  /**
   * {@return the steps of a path}. A bracket holds an index, a key, or a key in double quotes; an
   * unclosed one reaches to the end.
   */
  static FieldPath parse(String path) {
    List<Object> steps = new ArrayList<>();
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at);
      if (c == '.') {
        at++;
      } else if (c == '[') {
        int end = endOfBracket(path, at);
        steps.add(bracket(path.substring(at + 1, end)));
        at = end + 1;
      } else {
        int end = at;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        steps.add(path.substring(at, end));
        at = end;
      }
    }
    return new FieldPath(steps);
  }

  private static int endOfBracket(String path, int open) {
    int end =
        path.startsWith("\"", open + 1)
            ? path.indexOf("\"]", open + 2) + 1
            : path.indexOf(']', open);
    return end <= open ? path.length() : end;
  }

  private static Object bracket(String inside) {
    if (inside.length() > 1 && inside.startsWith("\"") && inside.endsWith("\"")) {
      return inside.substring(1, inside.length() - 1);
    }
    boolean index =
        !inside.isEmpty()
            && inside.length() < 10
            && inside.chars().allMatch(c -> c >= '0' && c <= '9');
    return index ? (Object) Integer.valueOf(inside) : inside;
  }
}

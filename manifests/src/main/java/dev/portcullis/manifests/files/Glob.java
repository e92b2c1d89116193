package dev.portcullis.manifests.files;

/** Wildcards within one name: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a]}, backslash. */
final class Glob {
  private Glob() {}

  /** {@return whether the whole name matches}; time grows with the product of both lengths. */
  static boolean matches(String glob, String name) {
    int g = 0;
    int n = 0;
    int retryGlob = -1;
    int retryName = -1;
    while (n < name.length()) {
      int next = g < glob.length() && glob.charAt(g) != '*' ? step(glob, g, name.charAt(n)) : -1;
      if (g < glob.length() && glob.charAt(g) == '*') {
        retryGlob = ++g;
        retryName = n;
      } else if (next >= 0) {
        g = next;
        n++;
      } else if (retryGlob >= 0) {
        g = retryGlob;
        n = ++retryName;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }

  /** {@return where the glob goes on after this character, -1 when it does not match} */
  private static int step(String glob, int at, char c) {
    return switch (glob.charAt(at)) {
      case '?' -> at + 1;
      case '\\' -> at + 1 < glob.length() && glob.charAt(at + 1) == c ? at + 2 : -1;
      case '[' -> set(glob, at, c);
      default -> glob.charAt(at) == c ? at + 1 : -1;
    };
  }

  private static int set(String glob, int open, char c) {
    int at = open + 1;
    boolean negated = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
    if (negated) {
      at++;
    }
    boolean found = false;
    for (boolean first = true; at < glob.length(); first = false) {
      char low = glob.charAt(at);
      if (low == ']' && !first) {
        return found == negated ? -1 : at + 1;
      }
      if (low == '\\' && at + 1 < glob.length()) {
        low = glob.charAt(++at);
      }
      char high = low;
      if (at + 2 < glob.length() && glob.charAt(at + 1) == '-' && glob.charAt(at + 2) != ']') {
        high = glob.charAt(at + 2);
        at += 2;
      }
      found |= low <= c && c <= high;
      at++;
    }
    // A bracket that is never closed stands for itself.
    return c == '[' ? open + 1 : -1;
  }
}

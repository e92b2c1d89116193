package dev.portcullis.admission;

import dev.portcullis.policy.GoText;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Which names the Go client takes to the API server as a segment of a URL's path. */
final class PathSegment {
  private static final int MAX_NAME = 253;

  private PathSegment() {}

  /** {@return why it refuses this resource name, or null} */
  static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "resource name may not be empty";
    }
    if (name.equals(".") || name.equals("..")) {
      return invalid(name, "may not be '" + name + "'");
    }
    var faults = new ArrayList<String>(2);
    for (String forbidden : new String[] {"/", "%"}) {
      if (name.contains(forbidden)) {
        faults.add("may not contain '" + forbidden + "'");
      }
    }
    return faults.isEmpty() ? null : invalid(name, String.join(" ", faults));
  }

  /**
   * {@return whether a namespace may have this name}: lower-case letters, digits, dots and hyphens,
   * 253 at most. API servers demand a little more.
   */
  static boolean isNamespace(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= MAX_NAME;
  }

  private static String invalid(String name, String faults) {
    return "invalid resource name " + GoText.quote(name) + ": [" + faults + "]";
  }
}

package dev.portcullis.policy.remedy;

import java.util.List;

/** What a remedy wants of a pod, before it is known which objects on the way there exist. */
sealed interface Change {
  /**
   * Gives a field this value.
   *
   * @param path from the pod's root
   * @param json the value as JSON text
   * @param present whether the field has a value now
   */
  record Assign(List<String> path, String json, boolean present) implements Change {}

  /**
   * Takes a field or a list element away.
   *
   * @param path from the pod's root
   */
  record Take(List<String> path) implements Change {}

  /** {@return a change that gives a field its first value} */
  static Change add(List<String> path, String json) {
    return new Assign(path, json, false);
  }

  /** {@return a change that gives a field another value} */
  static Change replace(List<String> path, String json) {
    return new Assign(path, json, true);
  }
}

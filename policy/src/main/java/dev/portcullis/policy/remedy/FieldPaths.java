package dev.portcullis.policy.remedy;

import dev.portcullis.policy.pod.ContainerView;
import java.util.ArrayList;
import java.util.List;

/** Paths of field errors, taken apart. */
final class FieldPaths {
  private static final String ANNOTATION = "metadata.annotations[";

  private FieldPaths() {}

  /**
   * {@return the steps of {@code spec.containers[1].name}, or of an annotation's path, whose key is
   * one step}
   */
  static List<String> steps(String path) {
    if (path.startsWith(ANNOTATION)) {
      return List.of(
          "metadata", "annotations", path.substring(ANNOTATION.length(), path.length() - 1));
    }
    var steps = new ArrayList<String>();
    int from = 0;
    for (int i = 0; i <= path.length(); i++) {
      char c = i < path.length() ? path.charAt(i) : '.';
      if (c == '.' || c == '[' || c == ']') {
        if (i > from) {
          steps.add(path.substring(from, i));
        }
        from = i + 1;
      }
    }
    return steps;
  }

  /** {@return the path without its last step} */
  static List<String> parent(List<String> path) {
    return path.subList(0, path.size() - 1);
  }

  static boolean isAnnotation(List<String> path) {
    return path.getFirst().equals("metadata");
  }

  /** {@return a field of the pod's own security context} */
  static List<String> ofPod(String field) {
    return List.of("spec", "securityContext", field);
  }

  /** {@return a field of the container's security context} */
  static List<String> ofContainer(ContainerView container, String... fields) {
    var path = new ArrayList<String>();
    path.add("spec");
    path.add(container.kind().field());
    path.add(Integer.toString(container.index()));
    path.add("securityContext");
    path.addAll(List.of(fields));
    return path;
  }
}

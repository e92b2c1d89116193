package dev.portcullis.report;

import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;

/**
 * Field paths that outlive reordering: containers and volumes by name in place of number, other
 * list items without any.
 */
final class StablePath {
  private StablePath() {}

  /**
   * {@return {@code spec.containers[web].ports[].hostPort} for {@code
   * spec.containers[1].ports[0].hostPort}}
   */
  static String of(String path, PodView pod) {
    int open = path.indexOf('[');
    if (open < 0) {
      return path;
    }
    var out = new StringBuilder(path.length() + 16);
    int done = 0;
    for (; open >= 0; open = path.indexOf('[', done)) {
      int close = path.indexOf(']', open);
      int index = close < 0 ? -1 : index(path, open + 1, close);
      if (index < 0) {
        // An annotation's key stands in these brackets, and may hold anything from here on.
        break;
      }
      String list = path.substring(path.lastIndexOf('.', open) + 1, open);
      out.append(path, done, open + 1).append(name(list, index, pod)).append(']');
      done = close + 1;
    }
    return out.append(path, done, path.length()).toString();
  }

  private static String name(String list, int index, PodView pod) {
    if (list.equals("volumes") && index < pod.volumes().size()) {
      return pod.volumes().get(index).name();
    }
    for (ContainerView container : pod.containers()) {
      if (container.index() == index && container.kind().field().equals(list)) {
        return container.name();
      }
    }
    return "";
  }

  private static int index(String path, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = path.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > 1_000_000) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return to > from ? value : -1;
  }
}

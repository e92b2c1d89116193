package dev.portcullis.admission;

import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.ContainerView.Kind;
import dev.portcullis.policy.pod.PodView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which changes of a running pod are judged: those of which containers there are, and of their
 * images.
 */
final class SignificantUpdate {
  private SignificantUpdate() {}

  static boolean between(PodView before, PodView after) {
    return imagesDiffer(before, after, Kind.REGULAR)
        || imagesDiffer(before, after, Kind.INIT)
        || addsEphemeral(before.containers(), after.containers());
  }

  /** Compares place by place, whatever the containers are called. */
  private static boolean imagesDiffer(PodView before, PodView after, Kind kind) {
    List<ContainerView> old = before.containers();
    List<ContainerView> now = after.containers();
    int i = next(old, -1, kind);
    int j = next(now, -1, kind);
    while (i < old.size() && j < now.size()) {
      if (!old.get(i).image().equals(now.get(j).image())) {
        return true;
      }
      i = next(old, i, kind);
      j = next(now, j, kind);
    }
    return i < old.size() || j < now.size();
  }

  private static int next(List<ContainerView> containers, int after, Kind kind) {
    int i = after + 1;
    while (i < containers.size() && containers.get(i).kind() != kind) {
      i++;
    }
    return i;
  }

  private static boolean addsEphemeral(List<ContainerView> before, List<ContainerView> after) {
    Map<String, String> old = null;
    for (ContainerView container : after) {
      if (container.kind() == Kind.EPHEMERAL) {
        old = old == null ? ephemeralImages(before) : old;
        if (!container.image().equals(old.get(container.name()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@return images by name; of two containers of one name the first counts} */
  private static Map<String, String> ephemeralImages(List<ContainerView> containers) {
    var images = new HashMap<String, String>();
    for (ContainerView container : containers) {
      if (container.kind() == Kind.EPHEMERAL) {
        images.putIfAbsent(container.name(), container.image());
      }
    }
    return images;
  }
}

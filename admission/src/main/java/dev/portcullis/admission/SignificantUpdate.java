package dev.portcullis.admission;

import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.ContainerView.Kind;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    for (ContainerView container : after) {
      if (container.kind() == Kind.EPHEMERAL) {
        ContainerView old = ephemeral(before, container.name());
        if (old == null || !old.image().equals(container.image())) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable ContainerView ephemeral(List<ContainerView> containers, String name) {
    for (ContainerView container : containers) {
      if (container.kind() == Kind.EPHEMERAL && container.name().equals(name)) {
        return container;
      }
    }
    return null;
  }
}

package dev.portcullis.admission;

import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.manifests.WorkloadKind;
import dev.portcullis.manifests.WorkloadKinds;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.TemplatePath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds that are pods or hold a pod template, and where. */
final class PodKinds {
  private static final Map<ObjectKind, TemplatePath> PATHS = paths();

  private PodKinds() {}

  private static Map<ObjectKind, TemplatePath> paths() {
    Map<ObjectKind, TemplatePath> paths = new HashMap<>();
    for (WorkloadKind kind : WorkloadKinds.builtIn()) {
      String[] keys = kind.pods().getFirst().keys().toArray(String[]::new);
      // Go has a pointer to a template in this one, and values in all others.
      boolean optional = kind.kind().equals("ReplicationController");
      TemplatePath path =
          keys.length == 0
              ? TemplatePath.WHOLE
              : optional ? TemplatePath.optional(keys) : TemplatePath.required(keys);
      for (String version : kind.versions()) {
        paths.put(new ObjectKind(kind.group(), version, kind.kind()), path);
      }
    }
    return Map.copyOf(paths);
  }

  /** {@return where objects of this kind hold their pod template, null if they hold none} */
  static @Nullable TemplatePath path(ObjectKind kind) {
    return PATHS.get(kind);
  }

  /** {@return what such an object is, with its pod} */
  static Decoded decoded(TemplatePath path, @Nullable PodView pod) {
    return path.isWhole() && pod != null ? new Decoded.Pod(pod) : new Decoded.Controller(pod);
  }
}

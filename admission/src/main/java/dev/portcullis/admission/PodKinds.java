package dev.portcullis.admission;

import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.TemplatePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds that are pods or hold a pod template, and where. */
final class PodKinds {
  private static final Map<ObjectKind, TemplatePath> PATHS =
      Map.of(
          new ObjectKind("", "v1", "Pod"),
          TemplatePath.WHOLE,
          new ObjectKind("", "v1", "PodTemplate"),
          TemplatePath.required("template"),
          new ObjectKind("", "v1", "ReplicationController"),
          TemplatePath.optional("spec", "template"),
          new ObjectKind("apps", "v1", "ReplicaSet"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("apps", "v1", "Deployment"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("apps", "v1", "DaemonSet"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("apps", "v1", "StatefulSet"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("batch", "v1", "Job"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("batch", "v1", "CronJob"),
          TemplatePath.required("spec", "jobTemplate", "spec", "template"));

  private PodKinds() {}

  /** {@return where objects of this kind hold their pod template, null if they hold none} */
  static @Nullable TemplatePath path(ObjectKind kind) {
    return PATHS.get(kind);
  }

  /** {@return what such an object is, with its pod} */
  static Decoded decoded(TemplatePath path, @Nullable PodView pod) {
    return path.isWhole() && pod != null ? new Decoded.Pod(pod) : new Decoded.Controller(pod);
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.VolumeSource;
import dev.portcullis.policy.pod.VolumeView;
import java.util.ArrayList;

/**
 * Forbids volumes of kinds that reach beyond the pod and its claims.
 *
 * <p>Field: {@code spec.volumes[*]}. Allowed: a volume that sets one of configMap, csi,
 * downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret; whatever else
 * it sets.
 */
final class RestrictedVolumes {
  static final Check CHECK =
      Check.restricted("restrictedVolumes", since(0, RestrictedVolumes::v1_0, "hostPathVolumes"));

  private static final long ALLOWED =
      VolumeSource.bits(
          VolumeSource.CONFIG_MAP,
          VolumeSource.CSI,
          VolumeSource.DOWNWARD_API,
          VolumeSource.EMPTY_DIR,
          VolumeSource.EPHEMERAL,
          VolumeSource.IMAGE,
          VolumeSource.PERSISTENT_VOLUME_CLAIM,
          VolumeSource.PROJECTED,
          VolumeSource.SECRET);
  private static final VolumeSource[] SOURCES = VolumeSource.values();

  private RestrictedVolumes() {}

  static CheckResult v1_0(PodView pod) {
    var volumes = pod.volumes();
    for (int i = 0; i < volumes.size(); i++) {
      if (!volumes.get(i).hasAny(ALLOWED)) {
        return Forbidden.of("restricted volume types", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    var names = new ArrayList<String>();
    for (int i = 0; i < pod.volumes().size(); i++) {
      var volume = pod.volumes().get(i);
      if (!volume.hasAny(ALLOWED)) {
        String type = type(volume);
        names.add(volume.name());
        found.value(type);
        found.field(
            "spec.volumes[" + i + "]" + (volume.sources() == 0 ? "" : "." + type), volume.name());
      }
    }
    return found.explain(
        ViolationCollector.plural(names.size(), "volume")
            + " "
            + GoText.joinQuoted(names)
            + " "
            + ViolationCollector.uses(names.size())
            + " "
            + ViolationCollector.plural(found.values().size(), "restricted volume type")
            + " "
            + found.quotedValues());
  }

  private static String type(VolumeView volume) {
    for (VolumeSource source : SOURCES) {
      if (volume.has(source)) {
        return source.field();
      }
    }
    return "unknown";
  }
}

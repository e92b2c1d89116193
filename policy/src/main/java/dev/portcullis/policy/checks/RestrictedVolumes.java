package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.VolumeSource;
import dev.portcullis.policy.pod.VolumeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Forbids volumes of kinds that reach beyond the pod and its claims.
 *
 * <p>Field: {@code spec.volumes[*]}. Allowed: a volume that sets one of configMap, csi,
 * downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret; whatever else
 * it sets.
 */
final class RestrictedVolumes {
  private static final List<VolumeSource> ALLOWED_SOURCES =
      List.of(
          VolumeSource.CONFIG_MAP,
          VolumeSource.CSI,
          VolumeSource.DOWNWARD_API,
          VolumeSource.EMPTY_DIR,
          VolumeSource.EPHEMERAL,
          VolumeSource.IMAGE,
          VolumeSource.PERSISTENT_VOLUME_CLAIM,
          VolumeSource.PROJECTED,
          VolumeSource.SECRET);
  private static final long ALLOWED =
      VolumeSource.bits(ALLOWED_SOURCES.toArray(VolumeSource[]::new));
  private static final VolumeSource[] SOURCES = VolumeSource.values();

  private static final CelRule CEL =
      CelRule.named("restrictedVolumes")
          .whenVolume(
              ALLOWED_SOURCES.stream()
                  .map(source -> "has(volume." + source.field() + ")")
                  .collect(Collectors.joining(" || ", "!(", ")")))
          .with(
              CelText.values(
                  "restrictedVolumeTypes",
                  "variables.restrictedVolumesOn.map(v, [("
                      + CelText.ordered(refused())
                      + ".filter(k, k in v) + [\"unknown\"])[0]])"))
          .saying(
              "\"restricted volume types (\" + "
                  + CelText.plural("variables.restrictedVolumesNames", "volume")
                  + " + \" \" + "
                  + CelText.quoted("variables.restrictedVolumesNames")
                  + " + \" \" + "
                  + CelText.uses("variables.restrictedVolumesNames")
                  + " + \" \" + "
                  + CelText.plural("variables.restrictedVolumeTypes", "restricted volume type")
                  + " + \" \" + "
                  + CelText.quoted("variables.restrictedVolumeTypes")
                  + " + \")\"");

  static final Check CHECK =
      Check.restricted(
          "restrictedVolumes", since(0, RestrictedVolumes::v1_0, CEL, "hostPathVolumes"));

  private RestrictedVolumes() {}

  private static List<String> refused() {
    return Arrays.stream(VolumeSource.values())
        .filter(source -> !ALLOWED_SOURCES.contains(source))
        .map(VolumeSource::field)
        .toList();
  }

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

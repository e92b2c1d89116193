package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.VolumeSource;
import java.util.ArrayList;

/**
 * Forbids volumes that are folders of the node.
 *
 * <p>Field: {@code spec.volumes[*].hostPath}. Allowed: undefined.
 */
final class HostPathVolumes {
  private static final CelRule CEL =
      CelRule.named("hostPathVolumes")
          .whenVolume("has(volume.hostPath)")
          .saying(
              "\"hostPath volumes (\" + "
                  + CelText.plural("variables.hostPathVolumesNames", "volume")
                  + " + \" \" + "
                  + CelText.quoted("variables.hostPathVolumesNames")
                  + " + \")\"");

  static final Check CHECK =
      Check.baseline("hostPathVolumes", since(0, HostPathVolumes::v1_0, CEL));

  private HostPathVolumes() {}

  static CheckResult v1_0(PodView pod) {
    var volumes = pod.volumes();
    for (int i = 0; i < volumes.size(); i++) {
      if (volumes.get(i).has(VolumeSource.HOST_PATH)) {
        return Forbidden.of("hostPath volumes", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    var names = new ArrayList<String>();
    for (int i = 0; i < pod.volumes().size(); i++) {
      var volume = pod.volumes().get(i);
      if (volume.has(VolumeSource.HOST_PATH)) {
        names.add(volume.name());
        found.field("spec.volumes[" + i + "].hostPath", volume.name());
      }
    }
    return found.explain(
        ViolationCollector.plural(names.size(), "volume") + " " + GoText.joinQuoted(names));
  }
}

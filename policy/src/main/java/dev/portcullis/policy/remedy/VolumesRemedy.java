package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/**
 * Where data should live instead is not written in the pod. Serves hostPathVolumes and
 * restrictedVolumes.
 */
final class VolumesRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.decision(
            "A volume reaches beyond the pod and its claims.",
            "Use emptyDir for scratch data, configMap or secret for files that are handed in.",
            "Use a persistentVolumeClaim (or csi) for data that must last or be shared.",
            "Keep it, and run the pod in a separate namespace with a lower level."));
  }
}

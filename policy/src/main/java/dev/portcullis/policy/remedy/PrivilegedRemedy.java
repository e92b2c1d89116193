package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** What a privileged container uses its privilege for is not written in the pod. */
final class PrivilegedRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.decision(
            "A privileged container can do on the node whatever root can.",
            "Set privileged to false and add the one capability it needs.",
            "Use a device plugin or a CSI driver instead of the node's devices.",
            "Keep it, and run the pod in a separate namespace with enforce=privileged."));
  }
}

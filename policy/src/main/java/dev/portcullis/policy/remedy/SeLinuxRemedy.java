package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Leaves SELinux type, user and role to the container runtime. */
final class SeLinuxRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.mayBreak(
            Removal.ofFields(objections),
            "On nodes with SELinux the program runs as container_t; access that needed the other"
                + " label is refused, and the node's audit log shows it as avc: denied."));
  }
}

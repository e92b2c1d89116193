package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Goes back to the default mask over {@code /proc}. */
final class ProcMountRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.mayBreak(
            Removal.ofFields(objections),
            "Paths below /proc are masked or read-only again; running containers inside of the"
                + " container may fail."));
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Takes forbidden kernel parameters away. */
final class SysctlsRemedy implements Remedial {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.mayBreak(
            Removal.of(objections, 1),
            "The kernel's default holds for the pod; compare throughput or connection counts before and after."));
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Takes forbidden kernel parameters away. */
final class SysctlsRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    var elements =
        objections.stream()
            .map(objection -> FieldPaths.parent(FieldPaths.steps(objection.path())))
            .toList();
    return List.of(
        Proposal.mayBreak(
            Removal.ofElements(elements, list -> pod.securityContext().sysctls().size()),
            "The kernel's default holds for the pod; compare throughput or connection counts before"
                + " and after."));
  }
}

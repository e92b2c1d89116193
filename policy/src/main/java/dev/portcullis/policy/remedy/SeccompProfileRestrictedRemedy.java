package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/** Sets the seccomp profile RuntimeDefault: for the whole pod, and where another one was set. */
final class SeccompProfileRestrictedRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    if (pod.windows()) {
      return List.of(WindowsPods.decision("seccompProfile"));
    }
    var proposals = new ArrayList<Proposal>();
    var forbidden = objections.stream().filter(objection -> !objection.isMissing()).toList();
    if (!forbidden.isEmpty()) {
      proposals.add(
          Proposal.mayBreak(
              SeccompProfileBaselineRemedy.changes(forbidden),
              SeccompProfileBaselineRemedy.EFFECT));
    }
    if (pod.securityContext().seccompType() == null && anyUnset(pod)) {
      proposals.add(
          Proposal.safe(
              List.of(
                  Change.add(
                      FieldPaths.ofPod("seccompProfile"),
                      SeccompProfileBaselineRemedy.RUNTIME_DEFAULT)),
              "The runtime's default profile refuses only system calls that ordinary programs do"
                  + " not make."));
    }
    return proposals;
  }

  private static boolean anyUnset(PodView pod) {
    for (ContainerView container : pod.containers()) {
      if (container.securityContext().seccompType() == null) {
        return true;
      }
    }
    return false;
  }
}

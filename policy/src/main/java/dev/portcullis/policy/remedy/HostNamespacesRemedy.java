package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Sharing the node's namespaces is what the pod is for, or a mistake; only its owner knows. */
final class HostNamespacesRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.decision(
            "The pod shares the node's network, processes or IPC.",
            "Remove the field if nothing needs it; for reachability use a Service.",
            "Keep it, and run the pod in a separate namespace with enforce=privileged."));
  }
}

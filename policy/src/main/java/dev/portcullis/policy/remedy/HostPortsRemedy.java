package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Who reaches a host port is not written in the pod. */
final class HostPortsRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.decision(
            "The pod opens ports of the node; whoever uses them is not visible here.",
            "Remove hostPort and offer a Service (ClusterIP, NodePort or LoadBalancer).",
            "Keep it, and run the pod in a separate namespace with enforce=privileged."));
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Lets probes and lifecycle handlers go to the pod itself. */
final class HostProbesAndHostLifecycleRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.mayBreak(
            Removal.ofFields(objections),
            "The kubelet then connects to the pod's own address. A program that listens on"
                + " 127.0.0.1 only, or a probe meant for another host, fails: see the pod's events"
                + " (Unhealthy)."));
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** A HostProcess container is an administrator's tool, or a mistake; only its owner knows. */
final class WindowsHostProcessRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.decision(
            "The containers run as processes of the Windows node.",
            "Remove hostProcess, and hostNetwork with it, if the program works inside of a"
                + " container.",
            "Keep it, and run the pod in a separate namespace with enforce=privileged."));
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Which user a program can run as is not written in the pod. */
final class RunAsUserRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(
        Proposal.decision(
            "runAsUser is 0, which is root.",
            "Remove it if the image has its own user.",
            "Set a user id that owns what the program writes; fsGroup helps with volumes.",
            "From policy version v1.35 on, hostUsers: false lets root inside of the pod be nobody"
                + " outside."));
  }
}

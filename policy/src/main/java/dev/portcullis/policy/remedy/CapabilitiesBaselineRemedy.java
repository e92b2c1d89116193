package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Takes added capabilities away. */
final class CapabilitiesBaselineRemedy implements Remedial {
  static final String EFFECT =
      "System calls that need the capability then fail with \"operation not permitted\" in the program's log.";

  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(Proposal.mayBreak(Removal.of(objections, 0), EFFECT));
  }
}

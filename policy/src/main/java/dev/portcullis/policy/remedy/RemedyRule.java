package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Knows what to do about one check. */
@FunctionalInterface
interface RemedyRule {
  /** {@return what could be done}, for a pod that the check objects to in these fields. */
  List<Proposal> proposals(PodView pod, List<FieldError> objections);
}

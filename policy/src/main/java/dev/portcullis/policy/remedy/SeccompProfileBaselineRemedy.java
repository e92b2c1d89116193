package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/** Switches seccomp on again. */
final class SeccompProfileBaselineRemedy implements RemedyRule {
  static final String RUNTIME_DEFAULT = "{\"type\":\"RuntimeDefault\"}";
  static final String EFFECT =
      "System calls outside of the runtime's default profile then fail with \"operation not"
          + " permitted\"; the node's kernel log shows them as type=SECCOMP.";

  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(Proposal.mayBreak(changes(objections), EFFECT));
  }

  /**
   * {@return a change for each forbidden profile}: fields become RuntimeDefault, annotations go.
   */
  static List<Change> changes(List<FieldError> objections) {
    var changes = new ArrayList<Change>();
    for (FieldError objection : objections) {
      List<String> path = FieldPaths.steps(objection.path());
      changes.add(
          FieldPaths.isAnnotation(path)
              ? new Change.Take(path)
              : Change.replace(FieldPaths.parent(path), RUNTIME_DEFAULT));
    }
    return changes;
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Takes added capabilities away. */
final class CapabilitiesBaselineRemedy implements RemedyRule {
  static final String EFFECT =
      "System calls that need the capability then fail with \"operation not permitted\" in the"
          + " program's log.";

  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    return List.of(Proposal.mayBreak(takeAdded(pod, objections), EFFECT));
  }

  /** {@return the changes that take away the added capabilities objected to} */
  static List<Change> takeAdded(PodView pod, List<FieldError> objections) {
    var elements =
        objections.stream().map(objection -> FieldPaths.steps(objection.path())).toList();
    return Removal.ofElements(elements, list -> added(pod, list));
  }

  private static int added(PodView pod, List<String> list) {
    for (ContainerView container : pod.containers()) {
      var capabilities = container.securityContext().capabilities();
      if (capabilities != null
          && FieldPaths.ofContainer(container, "capabilities", "add").equals(list)) {
        return capabilities.add().size();
      }
    }
    return 0;
  }
}

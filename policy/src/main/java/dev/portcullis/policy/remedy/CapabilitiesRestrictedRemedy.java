package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/** Drops all capabilities, and takes added ones away but for NET_BIND_SERVICE. */
final class CapabilitiesRestrictedRemedy implements RemedyRule {
  private static final String ALL = "\"ALL\"";

  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    if (pod.windows()) {
      return List.of(WindowsPods.decision("capabilities"));
    }
    var added = objections.stream().filter(objection -> !objection.isMissing()).toList();
    var changes = new ArrayList<>(CapabilitiesBaselineRemedy.takeAdded(pod, added));
    for (ContainerView container : pod.containers()) {
      var capabilities = container.securityContext().capabilities();
      if (capabilities == null || capabilities.drop().isEmpty()) {
        changes.add(
            Change.add(FieldPaths.ofContainer(container, "capabilities", "drop"), "[" + ALL + "]"));
      } else if (!capabilities.drop().contains("ALL")) {
        changes.add(
            Change.add(FieldPaths.ofContainer(container, "capabilities", "drop", "-"), ALL));
      }
    }
    return List.of(
        Proposal.mayBreak(
            changes,
            "The program keeps no capability but those it may add: changing owners, switching"
                + " users, ports below 1024 and raw sockets need one. "
                + CapabilitiesBaselineRemedy.EFFECT));
  }
}

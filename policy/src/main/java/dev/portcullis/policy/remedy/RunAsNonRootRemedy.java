package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets {@code runAsNonRoot: true} for the whole pod; never guesses a user id. */
final class RunAsNonRootRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    boolean refused = objections.stream().anyMatch(objection -> !objection.isMissing());
    boolean root = false;
    boolean unknown = false;
    for (ContainerView container : pod.containers()) {
      if (container.securityContext().runAsNonRoot() == null) {
        Long user = userOf(container, pod);
        root |= user != null && user == 0;
        unknown |= user == null;
      }
    }
    if (refused || root) {
      return List.of(
          Proposal.decision(
              refused ? "Somebody set runAsNonRoot=false." : "A container runs as user 0.",
              "Give the image its own user, then set runAsNonRoot: true and its runAsUser.",
              "From policy version v1.35 on, hostUsers: false lets root inside of the pod be nobody"
                  + " outside.",
              "Keep it, and run the pod in a namespace of the baseline level."));
    }
    List<Change> changes = List.of(Change.add(FieldPaths.ofPod("runAsNonRoot"), "true"));
    return List.of(
        unknown
            ? Proposal.mayBreak(
                changes,
                "An image whose user is root, or is given by name, does not start: the pod's events"
                    + " say CreateContainerConfigError, \"container has runAsNonRoot and image will"
                    + " run as root\".")
            : Proposal.safe(changes, "Every container already has a user id other than 0."));
  }

  private static @Nullable Long userOf(ContainerView container, PodView pod) {
    Long own = container.securityContext().runAsUser();
    return own != null ? own : pod.securityContext().runAsUser();
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/** Goes back to the AppArmor profile of the container runtime. */
final class AppArmorProfileRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    var changes = new ArrayList<Change>();
    for (FieldError objection : objections) {
      List<String> path = FieldPaths.steps(objection.path());
      changes.add(
          FieldPaths.isAnnotation(path)
              ? new Change.Take(path)
              : Change.replace(FieldPaths.parent(path), "{\"type\":\"RuntimeDefault\"}"));
    }
    return List.of(
        Proposal.mayBreak(
            changes,
            "The program runs under the runtime's AppArmor profile again: mounts, ptrace and writes"
                + " below /proc and /sys may be refused. The node's kernel log shows each refusal"
                + " as apparmor=\"DENIED\"."));
  }
}

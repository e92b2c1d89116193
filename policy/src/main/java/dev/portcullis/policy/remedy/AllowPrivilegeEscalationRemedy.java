package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/** Sets {@code allowPrivilegeEscalation: false}, container by container. */
final class AllowPrivilegeEscalationRemedy implements RemedyRule {
  @Override
  public List<Proposal> proposals(PodView pod, List<FieldError> objections) {
    if (pod.windows()) {
      return List.of(WindowsPods.decision("allowPrivilegeEscalation"));
    }
    var unset = new ArrayList<Change>();
    var given = new ArrayList<Change>();
    boolean privileged = false;
    for (ContainerView container : pod.containers()) {
      var context = container.securityContext();
      Boolean value = context.allowPrivilegeEscalation();
      if (value != null && !value) {
        continue;
      }
      List<String> path = FieldPaths.ofContainer(container, "allowPrivilegeEscalation");
      if (context.privileged() != null && context.privileged()) {
        privileged = true;
      } else if (value == null && !addsSysAdmin(container)) {
        unset.add(Change.add(path, "false"));
      } else {
        given.add(new Change.Assign(path, "false", value != null));
      }
    }
    var proposals = new ArrayList<Proposal>();
    if (!unset.isEmpty()) {
      proposals.add(
          Proposal.safe(
              unset,
              "Only a set-user-id program, such as sudo or su in the image, can tell the"
                  + " difference."));
    }
    if (!given.isEmpty()) {
      proposals.add(
          Proposal.mayBreak(
              given,
              "Somebody allowed it on purpose, or the container has SYS_ADMIN. Set-user-id programs"
                  + " (sudo, su, ping in old images) then fail with \"operation not permitted\"."));
    }
    if (privileged) {
      proposals.add(
          Proposal.decision(
              "A privileged container always may escalate; the API server refuses false beside"
                  + " privileged=true.",
              "Take privileged away first, then run this again."));
    }
    return proposals;
  }

  private static boolean addsSysAdmin(ContainerView container) {
    var capabilities = container.securityContext().capabilities();
    return capabilities != null
        && (capabilities.add().contains("SYS_ADMIN")
            || capabilities.add().contains("CAP_SYS_ADMIN")
            || capabilities.add().contains("ALL"));
  }
}

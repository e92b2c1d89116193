package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.SecurityContext;

/**
 * Forbids the user id 0.
 *
 * <p>Fields: {@code spec.securityContext.runAsUser} and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.runAsUser}. Allowed:
 * undefined, any other than 0. From v1.35 pods with their own user namespace are exempt.
 */
final class RunAsUser {
  private static final CelRule CEL =
      CelRule.named("runAsUser")
          .whenAnyContext("context.?runAsUser.orValue(1) == 0")
          .saying(
              "\"runAsUser=0 (\" + "
                  + CelText.setters("variables.runAsUserOnPod", "variables.runAsUserNames")
                  + " + \" must not set runAsUser=0)\"");

  static final Check CHECK =
      Check.restricted(
          "runAsUser",
          since(23, RunAsUser::v1_23, CEL),
          since(35, RunAsUser::v1_35, CEL.unless("userNamespace")));

  private RunAsUser() {}

  static CheckResult v1_23(PodView pod) {
    boolean root = isRoot(pod.securityContext());
    var containers = pod.containers();
    for (int i = 0; i < containers.size() && !root; i++) {
      root = isRoot(containers.get(i).securityContext());
    }
    return root ? Forbidden.of("runAsUser=0", () -> explain(pod)) : CheckResult.ALLOWED;
  }

  static CheckResult v1_35(PodView pod) {
    return pod.userNamespace() ? CheckResult.ALLOWED : v1_23(pod);
  }

  private static boolean isRoot(SecurityContext context) {
    Long user = context.runAsUser();
    return user != null && user == 0;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    if (isRoot(pod.securityContext())) {
      found.pod();
      found.field("spec.securityContext.runAsUser", 0L);
    }
    for (ContainerView container : pod.containers()) {
      if (isRoot(container.securityContext())) {
        found.container(container);
        found.field(container.path(".securityContext.runAsUser"), 0L);
      }
    }
    return found.explain(found.setters() + " must not set runAsUser=0");
  }
}

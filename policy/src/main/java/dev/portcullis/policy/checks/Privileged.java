package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;

/**
 * Forbids privileged containers.
 *
 * <p>Field: {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.privileged}. Allowed:
 * undefined, false.
 */
final class Privileged {
  private static final CelRule CEL =
      CelRule.named("privileged")
          .whenContext("context.?privileged.orValue(false)")
          .saying(
              "\"privileged (\" + "
                  + CelText.containers("variables.privilegedNames")
                  + " + \" must not set securityContext.privileged=true)\"");

  static final Check CHECK = Check.baseline("privileged", since(0, Privileged::v1_0, CEL));

  private Privileged() {}

  static CheckResult v1_0(PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (privileged(containers.get(i))) {
        return Forbidden.of("privileged", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static boolean privileged(ContainerView container) {
    Boolean privileged = container.securityContext().privileged();
    return privileged != null && privileged;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      if (privileged(container)) {
        found.container(container);
        found.field(container.path(".securityContext.privileged"), true);
      }
    }
    return found.explain(found.containers() + " must not set securityContext.privileged=true");
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;

/**
 * Demands that no process gains more privileges than its parent, as set-user-id files would give
 * it.
 *
 * <p>Field: {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.allowPrivilegeEscalation}.
 * Allowed: false. From v1.25 Windows pods are exempt.
 */
final class AllowPrivilegeEscalation {
  private static final CelRule CEL =
      CelRule.named("allowPrivilegeEscalation")
          .whenContext("context.?allowPrivilegeEscalation.orValue(true)")
          .saying(
              "\"allowPrivilegeEscalation != false (\" + "
                  + CelText.containers("variables.allowPrivilegeEscalationNames")
                  + " + \" must set securityContext.allowPrivilegeEscalation=false)\"");

  static final Check CHECK =
      Check.restricted(
          "allowPrivilegeEscalation",
          since(8, AllowPrivilegeEscalation::v1_8, CEL),
          since(25, AllowPrivilegeEscalation::v1_25, CEL.unless("windows")));

  private AllowPrivilegeEscalation() {}

  static CheckResult v1_8(PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (mayEscalate(containers.get(i))) {
        return Forbidden.of("allowPrivilegeEscalation != false", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  static CheckResult v1_25(PodView pod) {
    return pod.windows() ? CheckResult.ALLOWED : v1_8(pod);
  }

  private static boolean mayEscalate(ContainerView container) {
    Boolean allowed = container.securityContext().allowPrivilegeEscalation();
    return allowed == null || allowed;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      if (mayEscalate(container)) {
        found.container(container);
        found.fieldOrMissing(
            container.path(".securityContext.allowPrivilegeEscalation"),
            container.securityContext().allowPrivilegeEscalation());
      }
    }
    return found.explain(
        found.containers() + " must set securityContext.allowPrivilegeEscalation=false");
  }
}

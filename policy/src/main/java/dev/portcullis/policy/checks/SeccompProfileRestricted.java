package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;

/**
 * Demands a seccomp profile.
 *
 * <p>Fields: {@code spec.securityContext.seccompProfile.type} and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.seccompProfile.type}.
 * Allowed: RuntimeDefault, Localhost; a container may leave it to the pod. From v1.25 Windows pods
 * are exempt.
 */
final class SeccompProfileRestricted {
  private static final CelRule CEL =
      CelRule.named("seccompProfile_restricted")
          .whenAnyContext(SeccompTypes.CEL_BAD)
          .whenContainer(
              "!variables.podContext.?seccompProfile.hasValue() &&"
                  + " !container.?securityContext.?seccompProfile.hasValue()")
          .with(
              List.of(
                  new CelRule.Variable(
                      "badSeccompOn",
                      "variables.containers.filter(c, "
                          + SeccompTypes.CEL_BAD.replace("context", "c.?securityContext")
                          + ")"),
                  new CelRule.Variable("badSeccompNames", "variables.badSeccompOn.map(c, c.name)")))
          .with(
              SeccompTypes.celValues(
                  "badSeccompTypes",
                  "variables.seccompProfile_restrictedOnPod",
                  "variables.badSeccompOn"))
          .saying(
              "\"seccompProfile (\" + (variables.badSeccompTypes.size() > 0 ? "
                  + SeccompTypes.celSentence(
                      "variables.seccompProfile_restrictedOnPod",
                      "variables.badSeccompNames",
                      "variables.badSeccompTypes")
                  + " + \")\" : \"pod or \" + "
                  + CelText.containers("variables.seccompProfile_restrictedNames")
                  + " + \" must set securityContext.seccompProfile.type to \\\"RuntimeDefault\\\""
                  + " or \\\"Localhost\\\")\")");

  static final Check CHECK =
      Check.restricted(
          "seccompProfile_restricted",
          since(19, SeccompProfileRestricted::v1_19, CEL, "seccompProfile_baseline"),
          since(
              25,
              SeccompProfileRestricted::v1_25,
              CEL.unless("windows"),
              "seccompProfile_baseline"));

  private SeccompProfileRestricted() {}

  static CheckResult v1_19(PodView pod) {
    if (SeccompTypes.anyBad(pod)) {
      return Forbidden.of("seccompProfile", () -> explainBad(pod));
    }
    // No type is bad from here on, so one that is there covers.
    if (pod.securityContext().seccompType() != null) {
      return CheckResult.ALLOWED;
    }
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (containers.get(i).securityContext().seccompType() == null) {
        return Forbidden.of("seccompProfile", () -> explainMissing(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  static CheckResult v1_25(PodView pod) {
    return pod.windows() ? CheckResult.ALLOWED : v1_19(pod);
  }

  private static Forbidden.Explanation explainBad(PodView pod) {
    var found = SeccompTypes.offenders(pod);
    return found.explain(SeccompTypes.sentence(found));
  }

  private static Forbidden.Explanation explainMissing(PodView pod) {
    var found = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      if (container.securityContext().seccompType() == null) {
        found.container(container);
        found.missing(container.path(".securityContext.seccompProfile.type"));
      }
    }
    return found.explain(
        "pod or "
            + found.containers()
            + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
            + " \"Localhost\"");
  }
}

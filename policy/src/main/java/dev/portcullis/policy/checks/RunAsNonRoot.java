package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Demands that containers do not run as root.
 *
 * <p>Fields: {@code spec.securityContext.runAsNonRoot} and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.runAsNonRoot}. Allowed:
 * true; a container may leave it to the pod. From v1.35 pods with their own user namespace are
 * exempt.
 */
final class RunAsNonRoot {
  private static final CelRule CEL =
      CelRule.named("runAsNonRoot")
          .whenAnyContext("!context.?runAsNonRoot.orValue(true)")
          .whenContainer(
              "!variables.podContext.?runAsNonRoot.hasValue() &&"
                  + " !container.?securityContext.?runAsNonRoot.hasValue()")
          .with(
              List.of(
                  new CelRule.Variable(
                      "rootNames",
                      "variables.runAsNonRootOn.filter(c,"
                          + " !c.?securityContext.?runAsNonRoot.orValue(true)).map(c, c.name)")))
          .saying(
              "\"runAsNonRoot != true (\" + (variables.runAsNonRootOnPod ||"
                  + " variables.rootNames.size() > 0 ? "
                  + CelText.setters("variables.runAsNonRootOnPod", "variables.rootNames")
                  + " + \" must not set securityContext.runAsNonRoot=false)\" : \"pod or \" + "
                  + CelText.containers("variables.runAsNonRootNames")
                  + " + \" must set securityContext.runAsNonRoot=true)\")");

  static final Check CHECK =
      Check.restricted(
          "runAsNonRoot",
          since(0, RunAsNonRoot::v1_0, CEL),
          since(35, RunAsNonRoot::v1_35, CEL.unless("userNamespace")));

  private RunAsNonRoot() {}

  static CheckResult v1_0(PodView pod) {
    Boolean podValue = pod.securityContext().runAsNonRoot();
    boolean refused = isFalse(podValue);
    boolean unset = false;
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      Boolean value = containers.get(i).securityContext().runAsNonRoot();
      refused |= isFalse(value);
      unset |= value == null;
    }
    if (refused) {
      return Forbidden.of("runAsNonRoot != true", () -> explainFalse(pod));
    }
    if (unset && podValue == null) {
      return Forbidden.of("runAsNonRoot != true", () -> explainMissing(pod));
    }
    return CheckResult.ALLOWED;
  }

  static CheckResult v1_35(PodView pod) {
    return pod.userNamespace() ? CheckResult.ALLOWED : v1_0(pod);
  }

  private static boolean isFalse(@Nullable Boolean value) {
    return value != null && !value;
  }

  private static Forbidden.Explanation explainFalse(PodView pod) {
    var found = new ViolationCollector();
    if (isFalse(pod.securityContext().runAsNonRoot())) {
      found.pod();
      found.field("spec.securityContext.runAsNonRoot", false);
    }
    for (ContainerView container : pod.containers()) {
      if (isFalse(container.securityContext().runAsNonRoot())) {
        found.container(container);
        found.field(container.path(".securityContext.runAsNonRoot"), false);
      }
    }
    return found.explain(found.setters() + " must not set securityContext.runAsNonRoot=false");
  }

  private static Forbidden.Explanation explainMissing(PodView pod) {
    var found = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      if (container.securityContext().runAsNonRoot() == null) {
        found.container(container);
        found.missing(container.path(".securityContext.runAsNonRoot"));
      }
    }
    return found.explain(
        "pod or " + found.containers() + " must set securityContext.runAsNonRoot=true");
  }
}

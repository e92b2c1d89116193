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
 * Forbids Windows containers that run as processes of the node.
 *
 * <p>Fields: {@code spec.securityContext.windowsOptions.hostProcess} and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.windowsOptions.hostProcess}.
 * Allowed: undefined, false.
 */
final class WindowsHostProcess {
  private static final CelRule CEL =
      CelRule.named("windowsHostProcess")
          .whenAnyContext("context.?windowsOptions.?hostProcess.orValue(false)")
          .saying(
              "\"hostProcess (\" + "
                  + CelText.setters(
                      "variables.windowsHostProcessOnPod", "variables.windowsHostProcessNames")
                  + " + \" must not set securityContext.windowsOptions.hostProcess=true)\"");

  static final Check CHECK =
      Check.baseline("windowsHostProcess", since(0, WindowsHostProcess::v1_0, CEL));

  private static final String FIELD = ".securityContext.windowsOptions.hostProcess";

  private WindowsHostProcess() {}

  static CheckResult v1_0(PodView pod) {
    boolean hostProcess = isHostProcess(pod.securityContext());
    var containers = pod.containers();
    for (int i = 0; i < containers.size() && !hostProcess; i++) {
      hostProcess = isHostProcess(containers.get(i).securityContext());
    }
    return hostProcess ? Forbidden.of("hostProcess", () -> explain(pod)) : CheckResult.ALLOWED;
  }

  private static boolean isHostProcess(SecurityContext context) {
    Boolean hostProcess = context.hostProcess();
    return hostProcess != null && hostProcess;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    if (isHostProcess(pod.securityContext())) {
      found.pod();
      found.field("spec" + FIELD, true);
    }
    for (ContainerView container : pod.containers()) {
      if (isHostProcess(container.securityContext())) {
        found.container(container);
        found.field(container.path(FIELD), true);
      }
    }
    return found.explain(
        found.setters() + " must not set securityContext.windowsOptions.hostProcess=true");
  }
}

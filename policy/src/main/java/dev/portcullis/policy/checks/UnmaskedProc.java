package dev.portcullis.policy.checks;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;

/** What the baseline and the restricted control of {@code procMount} both demand. */
final class UnmaskedProc {
  /** {@link #forbid} as an expression. */
  static final CelRule CEL =
      CelRule.named("procMount")
          .whenContext("context.?procMount.orValue(\"Default\") != \"Default\"")
          .with(
              CelText.values(
                  "procMountValues", "[variables.procMountOn.map(c, c.securityContext.procMount)]"))
          .saying(
              "\"procMount (\" + "
                  + CelText.containers("variables.procMountNames")
                  + " + \" must not set securityContext.procMount to \" + "
                  + CelText.quoted("variables.procMountValues")
                  + " + \")\"");

  private UnmaskedProc() {}

  static CheckResult forbid(PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (unmasked(containers.get(i))) {
        return Forbidden.of("procMount", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static boolean unmasked(ContainerView container) {
    String procMount = container.securityContext().procMount();
    return procMount != null && !procMount.equals("Default");
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      String procMount = container.securityContext().procMount();
      if (procMount != null && unmasked(container)) {
        found.container(container);
        found.value(procMount);
        found.field(container.path(".securityContext.procMount"), procMount);
      }
    }
    return found.explain(
        found.containers() + " must not set securityContext.procMount to " + found.quotedValues());
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;

/**
 * Forbids ports of the node.
 *
 * <p>Field: {@code spec.{initContainers,containers,ephemeralContainers}[*].ports[*].hostPort}.
 * Allowed: undefined, 0.
 */
final class HostPorts {
  private static final CelRule CEL =
      CelRule.named("hostPorts")
          .whenContainer("container.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)")
          .with(
              CelText.values(
                  "hostPortValues",
                  "variables.hostPortsOn.map(c, c.?ports.orValue([]).filter(p,"
                      + " p.?hostPort.orValue(0) != 0).map(p, string(p.hostPort)))"))
          .saying(
              "\"hostPort (\" + "
                  + CelText.containers("variables.hostPortsNames")
                  + " + \" \" + "
                  + CelText.uses("variables.hostPortsNames")
                  + " + \" \" + "
                  + CelText.plural("variables.hostPortValues", "hostPort")
                  + " + \" \" + variables.hostPortValues.join(\", \") + \")\"");

  static final Check CHECK = Check.baseline("hostPorts", since(0, HostPorts::v1_0, CEL));

  private HostPorts() {}

  static CheckResult v1_0(PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (!containers.get(i).hostPorts().isEmpty()) {
        return Forbidden.of("hostPort", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    int users = 0;
    for (ContainerView container : pod.containers()) {
      if (container.hostPorts().isEmpty()) {
        continue;
      }
      users++;
      found.container(container);
      for (ContainerView.HostPort port : container.hostPorts()) {
        found.value(Integer.toString(port.port()));
        found.field(container.path(".ports[" + port.index() + "].hostPort"), (long) port.port());
      }
    }
    // Sorted as text, 8080 before 9, and not quoted.
    var ports = found.values();
    return found.explain(
        found.containers()
            + " "
            + ViolationCollector.uses(users)
            + " "
            + ViolationCollector.plural(ports.size(), "hostPort")
            + " "
            + String.join(", ", ports));
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import java.util.TreeSet;

/**
 * Forbids probes and lifecycle handlers that make the kubelet connect to a host of the pod's
 * choice.
 *
 * <p>Fields, in {@code spec.{initContainers,containers,ephemeralContainers}[*]}: {@code host} of
 * {@code httpGet} and {@code tcpSocket} in {@code livenessProbe}, {@code readinessProbe}, {@code
 * startupProbe}, {@code lifecycle.postStart}, {@code lifecycle.preStop}. Allowed: undefined, empty.
 */
final class HostProbesAndHostLifecycle {
  static final Check CHECK =
      Check.baseline("hostProbesAndHostLifecycle", since(34, HostProbesAndHostLifecycle::v1_34));

  private HostProbesAndHostLifecycle() {}

  static CheckResult v1_34(PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (!containers.get(i).handlerHosts().isEmpty()) {
        return Forbidden.of("probe or lifecycle host", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    // The one check that sorts the names of containers and names none twice.
    var names = new TreeSet<>(GoText.BYTE_ORDER);
    for (ContainerView container : pod.containers()) {
      for (ContainerView.HandlerHost handler : container.handlerHosts()) {
        names.add(container.name());
        found.value(handler.host());
        found.field(container.path("." + handler.path()), handler.host());
      }
    }
    return found.explain(
        ViolationCollector.plural(names.size(), "container")
            + " "
            + GoText.joinQuoted(List.copyOf(names))
            + " "
            + ViolationCollector.uses(names.size())
            + " "
            + ViolationCollector.plural(found.values().size(), "probe or lifecycle host")
            + " "
            + found.quotedValues());
  }
}

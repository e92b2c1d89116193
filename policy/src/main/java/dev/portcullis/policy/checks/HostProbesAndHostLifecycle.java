package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Forbids probes and lifecycle handlers that make the kubelet connect to a host of the pod's
 * choice.
 *
 * <p>Fields, in {@code spec.{initContainers,containers,ephemeralContainers}[*]}: {@code host} of
 * {@code httpGet} and {@code tcpSocket} in {@code livenessProbe}, {@code readinessProbe}, {@code
 * startupProbe}, {@code lifecycle.postStart}, {@code lifecycle.preStop}. Allowed: undefined, empty.
 */
final class HostProbesAndHostLifecycle {
  private static final List<String> HANDLERS =
      List.of(
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle.?postStart",
          "lifecycle.?preStop");
  private static final String HOSTS =
      "[c.?livenessProbe, c.?readinessProbe, c.?startupProbe, c.?lifecycle.?postStart,"
          + " c.?lifecycle.?preStop].map(h, [h.?httpGet.?host.orValue(\"\"),"
          + " h.?tcpSocket.?host.orValue(\"\")].filter(v, v != \"\"))";

  private static final CelRule CEL =
      CelRule.named("hostProbesAndHostLifecycle")
          .whenContainer(
              HANDLERS.stream()
                  .map(HostProbesAndHostLifecycle::celNamesHost)
                  .collect(Collectors.joining(" || ")))
          .with(
              CelText.values(
                  "probeHostNames", "[variables.hostProbesAndHostLifecycleOn.map(c, c.name)]"))
          .with(
              CelText.values(
                  "probeHosts",
                  "variables.hostProbesAndHostLifecycleOn.map(c, "
                      + HOSTS
                      + ".map(l, l.join(\"\\u0000\")).filter(l, l !="
                      + " \"\").join(\"\\u0000\").split(\"\\u0000\"))"))
          .saying(
              "\"probe or lifecycle host (\" + "
                  + CelText.containers("variables.probeHostNames")
                  + " + \" \" + "
                  + CelText.uses("variables.probeHostNames")
                  + " + \" \" + "
                  + CelText.plural("variables.probeHosts", "probe or lifecycle host")
                  + " + \" \" + "
                  + CelText.quoted("variables.probeHosts")
                  + " + \")\"");

  static final Check CHECK =
      Check.baseline(
          "hostProbesAndHostLifecycle", since(34, HostProbesAndHostLifecycle::v1_34, CEL));

  private HostProbesAndHostLifecycle() {}

  private static String celNamesHost(String handler) {
    String at = "container.?" + handler;
    return "%1$s.hasValue() && (%1$s.?httpGet.?host.orValue(\"\") != \"\" || %1$s.?tcpSocket.?host.orValue(\"\") != \"\")"
        .formatted(at);
  }

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

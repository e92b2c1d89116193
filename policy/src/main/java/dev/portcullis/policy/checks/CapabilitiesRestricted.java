package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Demands that every container drops all capabilities and adds back at most one.
 *
 * <p>Fields, in {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.capabilities}: {@code
 * drop} must hold ALL; {@code add} may hold NET_BIND_SERVICE. From v1.25 Windows pods are exempt.
 */
final class CapabilitiesRestricted {
  private static final Set<String> ALLOWED_TO_ADD = Set.of("NET_BIND_SERVICE");

  private static final CelRule CEL =
      CelRule.named("capabilities_restricted")
          .whenContext(
              "!(\"ALL\" in context.?capabilities.?drop.orValue([])) || "
                  + AddedCapabilities.celBeyond(ALLOWED_TO_ADD))
          .with(
              List.of(
                  new CelRule.Variable(
                      "notDroppingAllNames",
                      "variables.containers.filter(c, !(\"ALL\" in"
                          + " c.?securityContext.?capabilities.?drop.orValue([]))).map(c, c.name)"),
                  new CelRule.Variable(
                      "addingNames",
                      "variables.containers.filter(c, "
                          + AddedCapabilities.celBeyond(ALLOWED_TO_ADD)
                              .replace("context", "c.?securityContext")
                          + ").map(c, c.name)")))
          .with(AddedCapabilities.celValues("restrictedCapabilities", ALLOWED_TO_ADD))
          .saying(
              "\"unrestricted capabilities (\" + "
                  + CelText.joined(
                      "; ",
                      "variables.notDroppingAllNames.size() == 0 ? \"\" : "
                          + CelText.containers("variables.notDroppingAllNames")
                          + " + \" must set securityContext.capabilities.drop=[\\\"ALL\\\"]\"",
                      "variables.addingNames.size() == 0 ? \"\" : "
                          + AddedCapabilities.celSentence(
                              "variables.addingNames", "variables.restrictedCapabilities"))
                  + " + \")\"");

  static final Check CHECK =
      Check.restricted(
          "capabilities_restricted",
          since(22, CapabilitiesRestricted::v1_22, CEL, "capabilities_baseline"),
          since(25, CapabilitiesRestricted::v1_25, CEL.unless("windows"), "capabilities_baseline"));

  private CapabilitiesRestricted() {}

  static CheckResult v1_22(PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      var container = containers.get(i);
      if (!dropsAll(container) || AddedCapabilities.anyBeyond(ALLOWED_TO_ADD, container)) {
        return Forbidden.of("unrestricted capabilities", () -> explain(pod));
      }
    }
    return CheckResult.ALLOWED;
  }

  static CheckResult v1_25(PodView pod) {
    return pod.windows() ? CheckResult.ALLOWED : v1_22(pod);
  }

  private static boolean dropsAll(ContainerView container) {
    var capabilities = container.securityContext().capabilities();
    return capabilities != null && capabilities.drop().contains("ALL");
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var missing = new ViolationCollector();
    var adding = new ViolationCollector();
    for (ContainerView container : pod.containers()) {
      if (!dropsAll(container)) {
        missing.container(container);
        missing.missing(container.path(".securityContext.capabilities.drop"));
      }
      AddedCapabilities.collect(ALLOWED_TO_ADD, container, adding);
    }
    var detail = new StringJoiner("; ");
    if (missing.hasContainers()) {
      detail.add(missing.containers() + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    if (adding.hasContainers()) {
      detail.add(AddedCapabilities.sentence(adding));
    }
    return missing.with(adding).explain(detail.toString());
  }
}

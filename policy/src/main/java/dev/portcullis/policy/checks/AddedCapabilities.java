package dev.portcullis.policy.checks;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import java.util.Set;

/**
 * What the baseline and the restricted control of capabilities both say of {@code
 * capabilities.add}.
 */
final class AddedCapabilities {
  private AddedCapabilities() {}

  /** {@return the condition that a container adds others, as an expression} */
  static String celBeyond(Set<String> allowed) {
    return "context.?capabilities.?add.orValue([]).exists(a, !(a in "
        + CelText.list(allowed)
        + "))";
  }

  /** {@return variables of which the last, {@code name}, has the others that containers add} */
  static List<CelRule.Variable> celValues(String name, Set<String> allowed) {
    return CelText.values(
        name,
        "variables.containers.map(c, c.?securityContext.?capabilities.?add.orValue([]).filter(a,"
            + " !(a in "
            + CelText.list(allowed)
            + ")))");
  }

  /** {@return {@link #sentence} as an expression} */
  static String celSentence(String names, String values) {
    return CelText.containers(names)
        + " + \" must not include \" + "
        + CelText.quoted(values)
        + " + \" in securityContext.capabilities.add\"";
  }

  static List<String> of(ContainerView container) {
    var capabilities = container.securityContext().capabilities();
    return capabilities == null ? List.of() : capabilities.add();
  }

  static boolean anyBeyond(Set<String> allowed, ContainerView container) {
    var added = of(container);
    for (int i = 0; i < added.size(); i++) {
      if (!allowed.contains(added.get(i))) {
        return true;
      }
    }
    return false;
  }

  static boolean anyBeyond(Set<String> allowed, PodView pod) {
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (anyBeyond(allowed, containers.get(i))) {
        return true;
      }
    }
    return false;
  }

  static void collect(Set<String> allowed, ContainerView container, ViolationCollector found) {
    if (!anyBeyond(allowed, container)) {
      return;
    }
    found.container(container);
    var added = of(container);
    for (int i = 0; i < added.size(); i++) {
      if (!allowed.contains(added.get(i))) {
        found.value(added.get(i));
        found.field(container.path(".securityContext.capabilities.add[" + i + "]"), added.get(i));
      }
    }
  }

  static String sentence(ViolationCollector found) {
    return found.containers()
        + " must not include "
        + found.quotedValues()
        + " in securityContext.capabilities.add";
  }
}

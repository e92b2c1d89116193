package dev.portcullis.policy.checks;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the baseline and the restricted control of {@code seccompProfile.type} both say of forbidden
 * types.
 */
final class SeccompTypes {
  private static final String FIELD = ".securityContext.seccompProfile.type";

  /** {@link #bad} of a security context, as an expression. */
  static final String CEL_BAD =
      "context.?seccompProfile.hasValue() && !(context.?seccompProfile.?type.orValue(\"\") in"
          + " [\"RuntimeDefault\", \"Localhost\"])";

  private SeccompTypes() {}

  /** {@return the forbidden types as a variable, of which {@code on} holds the containers} */
  static List<CelRule.Variable> celValues(String name, String onPod, String on) {
    return CelText.values(
        name,
        "("
            + on
            + ".map(c, [c.securityContext.seccompProfile.?type.orValue(\"\")]) + ("
            + onPod
            + " ? [[variables.podContext.seccompProfile.?type.orValue(\"\")]] : []))");
  }

  /** {@return {@link #sentence} as an expression} */
  static String celSentence(String onPod, String names, String values) {
    return CelText.setters(onPod, names)
        + " + \" must not set securityContext.seccompProfile.type to \" + "
        + CelText.quoted(values);
  }

  static boolean bad(@Nullable String type) {
    return type != null && !type.equals("RuntimeDefault") && !type.equals("Localhost");
  }

  static boolean anyBad(PodView pod) {
    if (bad(pod.securityContext().seccompType())) {
      return true;
    }
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (bad(containers.get(i).securityContext().seccompType())) {
        return true;
      }
    }
    return false;
  }

  static ViolationCollector offenders(PodView pod) {
    var found = new ViolationCollector();
    String podType = pod.securityContext().seccompType();
    if (podType != null && bad(podType)) {
      found.pod();
      found.value(podType);
      found.field("spec" + FIELD, podType);
    }
    for (ContainerView container : pod.containers()) {
      String type = container.securityContext().seccompType();
      if (type != null && bad(type)) {
        found.container(container);
        found.value(type);
        found.field(container.path(FIELD), type);
      }
    }
    return found;
  }

  static String sentence(ViolationCollector found) {
    return found.setters()
        + " must not set securityContext.seccompProfile.type to "
        + found.quotedValues();
  }
}

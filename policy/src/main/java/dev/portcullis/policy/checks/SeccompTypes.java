package dev.portcullis.policy.checks;

import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import org.jspecify.annotations.Nullable;

/**
 * What the baseline and the restricted control of {@code seccompProfile.type} both say of forbidden
 * types.
 */
final class SeccompTypes {
  private static final String FIELD = ".securityContext.seccompProfile.type";

  private SeccompTypes() {}

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

package dev.portcullis.manifests;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields that checks read belong, and the other fields that are known beside them.
 *
 * <p>Source: the Kubernetes API reference, Pod v1 of 1.37.
 */
final class SecurityField {
  private SecurityField() {}

  private static final Set<String> BOTH =
      Set.of(
          "appArmorProfile",
          "runAsGroup",
          "runAsNonRoot",
          "runAsUser",
          "seLinuxOptions",
          "seccompProfile",
          "windowsOptions");

  /** A mapping in which fields stand. */
  @SuppressWarnings("ImmutableEnumChecker") // the sets are those of Set.of
  enum Home {
    /** A pod or a pod template. */
    POD("the pod", Set.of("spec"), Set.of("apiVersion", "kind", "metadata", "status")),
    /** A pod's spec. */
    SPEC(
        "the pod's spec",
        Set.of(
            "containers",
            "ephemeralContainers",
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "hostUsers",
            "initContainers",
            "os",
            "runtimeClassName",
            "securityContext",
            "volumes"),
        Set.of(
            "activeDeadlineSeconds",
            "affinity",
            "automountServiceAccountToken",
            "dnsConfig",
            "dnsPolicy",
            "enableServiceLinks",
            "hostAliases",
            "hostname",
            "hostnameOverride",
            "imagePullSecrets",
            "nodeName",
            "nodeSelector",
            "overhead",
            "preemptionPolicy",
            "priority",
            "priorityClassName",
            "readinessGates",
            "resourceClaims",
            "resources",
            "restartPolicy",
            "schedulerName",
            "schedulingGates",
            "serviceAccount",
            "serviceAccountName",
            "setHostnameAsFQDN",
            "shareProcessNamespace",
            "subdomain",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints")),
    /** A pod's securityContext. */
    POD_SECURITY(
        "the pod's spec.securityContext",
        Set.of("fsGroup", "supplementalGroups", "sysctls"),
        Set.of("fsGroupChangePolicy", "seLinuxChangePolicy", "supplementalGroupsPolicy")),
    /** A container. */
    CONTAINER(
        "the container",
        Set.of("securityContext"),
        Set.of(
            "args",
            "command",
            "env",
            "envFrom",
            "image",
            "imagePullPolicy",
            "lifecycle",
            "livenessProbe",
            "name",
            "ports",
            "readinessProbe",
            "resizePolicy",
            "resources",
            "restartPolicy",
            "restartPolicyRules",
            "startupProbe",
            "stdin",
            "stdinOnce",
            "targetContainerName",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "tty",
            "volumeDevices",
            "volumeMounts",
            "workingDir")),
    /** A container's securityContext. */
    CONTAINER_SECURITY(
        "the container's securityContext",
        Set.of("allowPrivilegeEscalation", "capabilities", "privileged", "procMount"),
        Set.of("readOnlyRootFilesystem")),
    /** A container's capabilities. */
    CAPABILITIES("capabilities", Set.of("add", "drop"), Set.of()),
    /** A seccomp or AppArmor profile. */
    PROFILE("the profile", Set.of("type", "localhostProfile"), Set.of());

    private final String text;
    private final Set<String> read;
    private final Set<String> others;

    Home(String text, Set<String> read, Set<String> others) {
      this.text = text;
      this.read = read;
      this.others = others;
    }

    /** {@return its name in a sentence} */
    String text() {
      return text;
    }

    /** {@return whether a field stands rightly here} */
    boolean knows(String field) {
      return reads(field) || others.contains(field);
    }

    /** {@return whether a check reads a field here} */
    boolean reads(String field) {
      return read.contains(field) || (isSecurityContext() && BOTH.contains(field));
    }

    private boolean isSecurityContext() {
      return this == POD_SECURITY || this == CONTAINER_SECURITY;
    }
  }

  /**
   * {@return where a field belongs that stands in {@code here}, or null if it is no security field}
   */
  static @Nullable Home belongs(String field, Home here) {
    if (BOTH.contains(field)) {
      return here == Home.CONTAINER ? Home.CONTAINER_SECURITY : Home.POD_SECURITY;
    }
    if (field.equals("securityContext")) {
      return Home.SPEC;
    }
    for (Home home : List.of(Home.SPEC, Home.CONTAINER_SECURITY, Home.POD_SECURITY)) {
      if (home != here && home.knows(field) && !plain(field)) {
        return home;
      }
    }
    return null;
  }

  /** Names that other objects use too, so that they say nothing in a foreign place. */
  private static boolean plain(String field) {
    return Set.of("volumes", "os", "containers", "initContainers", "ephemeralContainers")
            .contains(field)
        || Home.SPEC.others.contains(field);
  }

  /**
   * {@return the field that a check reads in {@code here} and that an unknown name probably means,
   * or null}
   */
  static @Nullable String meant(String name, Home here) {
    String best = null;
    int nearest = Integer.MAX_VALUE;
    for (Set<String> fields :
        here.isSecurityContext() ? List.of(here.read, BOTH) : List.of(here.read)) {
      for (String field : fields) {
        int distance = distance(name, field);
        if (distance < nearest
            || (distance == nearest && best != null && field.compareTo(best) < 0)) {
          nearest = distance;
          best = field;
        }
      }
    }
    int allowed = best == null ? -1 : best.length() < 4 ? 0 : 1 + best.length() / 12;
    return nearest <= allowed ? best : null;
  }

  /** Edits between two names, where letters of another case, hyphens and underscores are free. */
  private static int distance(String name, String field) {
    String a = folded(name);
    String b = folded(field);
    if (Math.abs(a.length() - b.length()) > 3) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static String folded(String name) {
    var folded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.append((char) (c + 32));
      } else if (c != '-' && c != '_') {
        folded.append(c);
      }
    }
    return folded.toString();
  }
}

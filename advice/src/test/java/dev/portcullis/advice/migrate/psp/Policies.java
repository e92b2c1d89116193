package dev.portcullis.advice.migrate.psp;

import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Policies for tests. */
final class Policies {
  static final String SAFE_VOLUMES =
      "configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret";

  private Policies() {}

  /**
   * {@return a policy as strict as restricted, but for this field}; an empty value leaves it out.
   */
  static PodSecurityPolicy with(String field, String value) {
    Map<String, String> spec = new LinkedHashMap<>();
    spec.put("allowPrivilegeEscalation", "false");
    spec.put("requiredDropCapabilities", "[ALL]");
    spec.put("volumes", "[" + SAFE_VOLUMES + "]");
    spec.put("runAsUser", "{rule: MustRunAsNonRoot}");
    spec.put("seLinux", "{rule: MustRunAs, seLinuxOptions: {level: s0}}");
    spec.put("supplementalGroups", "{rule: RunAsAny}");
    spec.put("fsGroup", "{rule: RunAsAny}");
    Map<String, String> annotations = new LinkedHashMap<>();
    for (String system : List.of("seccomp.security.alpha", "apparmor.security.beta")) {
      annotations.put(
          system + ".kubernetes.io/allowedProfileNames", "'runtime/default,localhost/*'");
    }
    boolean annotation = field.indexOf('/') >= 0;
    int dot = annotation ? -1 : field.indexOf('.');
    var target = annotation ? annotations : spec;
    if (value.isEmpty()) {
      target.remove(field);
    } else if (dot >= 0) {
      target.put(field.substring(0, dot), "{" + field.substring(dot + 1) + ": " + value + "}");
    } else {
      int more = value.indexOf(", volumes: ");
      if (more >= 0) {
        target.remove("volumes");
      }
      target.put(field, value);
    }
    return policy(
        "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: p, annotations: "
            + flow(annotations)
            + "}\nspec: "
            + flow(spec)
            + "\n");
  }

  private static String flow(Map<String, String> map) {
    return "{"
        + String.join(
            ", ", map.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList())
        + "}";
  }

  /** {@return the one policy in this text, which has no fault} */
  static PodSecurityPolicy policy(String text) {
    PolicyReader.Result result = PolicyReader.read(objects(text).getFirst());
    if (result.policy() == null) {
      throw new AssertionError(text + result.errors());
    }
    return result.policy();
  }

  /** {@return all objects in this text} */
  static List<ManifestObject> objects(String text) {
    var file = new ManifestReader().read("given.yaml", text.getBytes(StandardCharsets.UTF_8));
    if (!file.errors().isEmpty()) {
      throw new AssertionError(text + file.errors());
    }
    return file.others();
  }
}

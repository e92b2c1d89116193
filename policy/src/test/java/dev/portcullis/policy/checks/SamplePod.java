package dev.portcullis.policy.checks;

import dev.portcullis.policy.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod that every check allows, to be spoiled field by field. */
final class SamplePod {
  private final Map<String, Object> root = new LinkedHashMap<>();

  SamplePod() {
    set("metadata.name", "sample");
    set("spec.securityContext.runAsNonRoot", true);
    set("spec.securityContext.seccompProfile.type", "RuntimeDefault");
    set("spec.volumes[0].name", "v0");
    set("spec.volumes[0].emptyDir", Map.of());
    for (String container : List.of("initContainers[0] i", "containers[0] a", "containers[1] b")) {
      String[] parts = container.split(" ", -1);
      set("spec." + parts[0] + ".name", parts[1]);
      set("spec." + parts[0] + ".securityContext.allowPrivilegeEscalation", false);
      set("spec." + parts[0] + ".securityContext.capabilities.drop", List.of("ALL"));
    }
  }

  /** Sets what stands at a path such as {@code spec.containers[0].name}; null is JSON's null. */
  SamplePod set(String path, @Nullable Object value) {
    Object at = root;
    String[] steps = path.replace("[", ".[").split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      at = child(at, steps[i], steps[i + 1].startsWith("["));
    }
    put(at, steps[steps.length - 1], value);
    return this;
  }

  /** Takes away what stands at a path. */
  SamplePod remove(String path) {
    int dot = path.lastIndexOf('.');
    Object at = root;
    for (String step : path.substring(0, dot).replace("[", ".[").split("\\.", -1)) {
      at = child(at, step, false);
    }
    ((Map<?, ?>) at).remove(path.substring(dot + 1));
    return this;
  }

  /** Sets an annotation. */
  SamplePod annotate(String key, @Nullable String value) {
    var metadata = child(root, "metadata", false);
    put(child(metadata, "annotations", false), key, value);
    return this;
  }

  String json() {
    var out = new StringBuilder();
    append(out, root);
    return out.toString();
  }

  @SuppressWarnings("unchecked")
  private static Object child(Object parent, String step, boolean list) {
    if (step.startsWith("[")) {
      var elements = (List<Object>) parent;
      int index = Integer.parseInt(step.substring(1, step.length() - 1));
      while (elements.size() <= index) {
        elements.add(new LinkedHashMap<String, Object>());
      }
      return elements.get(index);
    }
    return ((Map<String, Object>) parent)
        .computeIfAbsent(
            step, key -> list ? new ArrayList<>() : new LinkedHashMap<String, Object>());
  }

  @SuppressWarnings("unchecked")
  private static void put(Object parent, String step, @Nullable Object value) {
    if (step.startsWith("[")) {
      var elements = (List<@Nullable Object>) parent;
      int index = Integer.parseInt(step.substring(1, step.length() - 1));
      while (elements.size() <= index) {
        elements.add(null);
      }
      elements.set(index, value);
    } else {
      ((Map<String, @Nullable Object>) parent).put(step, value);
    }
  }

  static void append(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case String text -> JsonText.appendQuoted(out, text);
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator);
          JsonText.appendQuoted(out, (String) entry.getKey());
          append(out.append(':'), entry.getValue());
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          append(out.append(i == 0 ? "" : ","), list.get(i));
        }
        out.append(']');
      }
      case null, default -> out.append(value);
    }
  }
}

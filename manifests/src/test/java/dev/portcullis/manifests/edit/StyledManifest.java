package dev.portcullis.manifests.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Manifests of a few pods, written in the many styles that people have. */
final class StyledManifest {
  private final SplittableRandom dice;
  private final int step;
  private final boolean indentLists;
  private final double flow;
  private final double comments;
  private final double quotes;
  private final StringBuilder out = new StringBuilder();
  private int remarks;

  private StyledManifest(long seed) {
    this.dice = new SplittableRandom(seed);
    this.step = dice.nextBoolean() ? 2 : 4;
    this.indentLists = dice.nextBoolean();
    this.flow = dice.nextDouble(0.4);
    this.comments = dice.nextDouble(0.5);
    this.quotes = dice.nextDouble(0.5);
  }

  static String of(long seed) {
    var manifest = new StyledManifest(seed);
    int documents = 1 + manifest.dice.nextInt(3);
    for (int i = 0; i < documents; i++) {
      manifest.out.append(i > 0 || manifest.dice.nextBoolean() ? "---\n" : "");
      manifest.mapping(manifest.workload(), 0);
    }
    String text = manifest.out.toString();
    text = manifest.dice.nextInt(5) == 0 ? text.stripTrailing() : text;
    return manifest.dice.nextInt(5) == 0 ? text.replace("\n", "\r\n") : text;
  }

  private Map<String, Object> workload() {
    Map<String, Object> pod = map("metadata", map("name", "p"), "spec", spec());
    if (dice.nextBoolean()) {
      Map<String, Object> whole = map("apiVersion", "v1", "kind", "Pod");
      whole.putAll(pod);
      return whole;
    }
    return map(
        "apiVersion",
        "apps/v1",
        "kind",
        "Deployment",
        "spec",
        map("replicas", 2L, "template", pod));
  }

  private Map<String, Object> spec() {
    var spec = new LinkedHashMap<String, Object>();
    maybe(spec, "restartPolicy", "Always");
    maybe(spec, "securityContext", podContext());
    maybe(spec, "initContainers", containers());
    spec.put("containers", containers());
    maybe(spec, "volumes", List.of(map("name", "v", "emptyDir", map())));
    return spec;
  }

  private List<Object> containers() {
    var list = new ArrayList<Object>();
    for (int i = 1 + dice.nextInt(2); i > 0; i--) {
      Map<String, Object> container = map("name", "c" + i);
      maybe(container, "image", "a/b:1");
      maybe(container, "args", List.of("--port", "80 # no comment"));
      maybe(container, "securityContext", context());
      maybe(container, "livenessProbe", map("httpGet", map("host", "h", "port", 80L)));
      list.add(container);
    }
    return list;
  }

  private Map<String, Object> podContext() {
    var context = new LinkedHashMap<String, Object>();
    maybe(context, "runAsUser", 1000L);
    maybe(
        context,
        "sysctls",
        List.of(map("name", "net.core.x", "value", "1"), map("name", "kernel.y", "value", "2")));
    maybe(context, "seLinuxOptions", map("level", "s0", "type", "spc_t"));
    maybe(context, "seccompProfile", map("type", "Unconfined"));
    return context;
  }

  private Map<String, Object> context() {
    var context = new LinkedHashMap<String, Object>();
    maybe(context, "allowPrivilegeEscalation", dice.nextBoolean());
    maybe(context, "procMount", "Unmasked");
    maybe(context, "readOnlyRootFilesystem", true);
    var capabilities = new LinkedHashMap<String, Object>();
    maybe(
        capabilities,
        "add",
        dice.nextBoolean() ? List.of("NET_RAW") : List.of("NET_BIND_SERVICE", "CHOWN", "KILL"));
    maybe(capabilities, "drop", dice.nextBoolean() ? List.of("KILL") : List.of("ALL"));
    maybe(context, "capabilities", capabilities);
    return context;
  }

  private void mapping(Map<String, Object> map, int indent) {
    map.forEach((key, value) -> {
      remark(indent);
      out.append(" ".repeat(indent));
      entry(key, value, indent);
    });
  }

  private void entry(String key, Object value, int indent) {
    out.append(dice.nextDouble() < quotes / 2 ? '"' + key + '"' : key).append(':');
    boolean empty = value instanceof Map<?, ?> map && map.isEmpty();
    if (empty || !(value instanceof Map || value instanceof List) || dice.nextDouble() < flow) {
      out.append(' ').append(flow(value));
      lineEnd();
    } else if (value instanceof Map<?, ?>) {
      lineEnd();
      mapping(cast(value), indent + step);
    } else {
      lineEnd();
      list((List<?>) value, indentLists ? indent + step : indent);
    }
  }

  private void list(List<?> items, int indent) {
    for (Object item : items) {
      remark(indent);
      out.append(" ".repeat(indent)).append("- ");
      if (item instanceof Map<?, ?> && dice.nextDouble() > flow) {
        boolean first = true;
        for (var entry : cast(item).entrySet()) {
          if (!first) {
            remark(indent + 2);
            out.append(" ".repeat(indent + 2));
          }
          first = false;
          entry(entry.getKey(), entry.getValue(), indent + 2);
        }
      } else {
        out.append(flow(item));
        lineEnd();
      }
    }
  }

  private String flow(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var members = new ArrayList<String>();
        cast(map).forEach((key, member) -> members.add(key + ": " + flow(member)));
        yield "{" + String.join(", ", members) + "}";
      }
      case List<?> list ->
          "["
              + String.join(dice.nextBoolean() ? "," : ", ", list.stream().map(this::flow).toList())
              + "]";
      case String text when text.matches(".*[#: -].*|[0-9]+") || dice.nextDouble() < quotes ->
          dice.nextBoolean() ? "'" + text + "'" : '"' + text + '"';
      default -> value.toString();
    };
  }

  private void remark(int indent) {
    if (dice.nextDouble() < comments) {
      out.append(" ".repeat(indent)).append("# remark ").append(remarks++).append('\n');
    }
  }

  private void lineEnd() {
    out.append(
        dice.nextDouble() < comments / 2 ? " # behind\n" : dice.nextInt(40) == 0 ? "\n\n" : "\n");
  }

  private void maybe(Map<String, Object> owner, String key, Object value) {
    if (dice.nextInt(5) < 3) {
      owner.put(key, value);
    }
  }

  private static Map<String, Object> map(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }

  @SuppressWarnings("unchecked") // Every map here has strings as keys.
  private static Map<String, Object> cast(Object map) {
    return (Map<String, Object>) map;
  }
}

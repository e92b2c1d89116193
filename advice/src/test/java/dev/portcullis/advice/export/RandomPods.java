package dev.portcullis.advice.export;

import dev.portcullis.policy.json.JsonText;
import dev.portcullis.policy.pod.VolumeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Pods in which every field that a check reads is absent, null, empty, good or bad by chance. */
final class RandomPods {
  private static final List<String> TYPES =
      List.of("RuntimeDefault", "Localhost", "Unconfined", "", "odd");
  private static final List<String> SYSCTLS =
      List.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_notsent_lowat",
          "kernel.msgmax",
          "");
  private static final List<String> CAPABILITIES =
      List.of("CHOWN", "NET_BIND_SERVICE", "SYS_ADMIN", "NET_RAW", "ALL", "", "chown", "CAP_KILL");
  private static final List<String> NAMES = List.of("web", "db", "a", "b b", "", "été", "web");
  private static final List<String> PROFILES =
      List.of("runtime/default", "localhost/x", "unconfined", "", "docker/default", "a \"b\"\\");

  private final SplittableRandom random;

  /** How many of a hundred fields are present, and how many of those are good. */
  private final int present;

  private final int good;

  RandomPods(SplittableRandom random) {
    this.random = random;
    this.present = List.of(10, 40, 70).get(random.nextInt(3));
    this.good = List.of(30, 80, 97).get(random.nextInt(3));
  }

  Map<String, @Nullable Object> pod() {
    var pod = new LinkedHashMap<String, @Nullable Object>();
    maybe(
        pod,
        "metadata",
        () -> {
          var metadata = new LinkedHashMap<String, @Nullable Object>();
          maybe(metadata, "annotations", this::annotations);
          return metadata;
        });
    var spec = new LinkedHashMap<String, @Nullable Object>();
    pod.put("spec", spec);
    for (String flag : List.of("hostNetwork", "hostPID", "hostIPC")) {
      maybe(spec, flag, () -> !good());
    }
    maybe(spec, "hostUsers", () -> random.nextInt(3) > 0);
    maybe(spec, "os", () -> Map.of("name", pick(List.of("linux", "windows", "Windows"))));
    maybe(spec, "securityContext", () -> context(true));
    maybe(spec, "volumes", () -> list(3, this::volume));
    spec.put("containers", list(3, this::container));
    maybe(spec, "initContainers", () -> list(2, this::container));
    maybe(spec, "ephemeralContainers", () -> list(2, this::container));
    return pod;
  }

  private Map<String, Object> annotations() {
    var annotations = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String prefix =
          pick(
              List.of(
                  "container.apparmor.security.beta.kubernetes.io/",
                  "container.seccomp.security.alpha.kubernetes.io/",
                  "seccomp.security.alpha.kubernetes.io/"));
      annotations.put(
          prefix + (prefix.startsWith("seccomp") ? "pod" : pick(NAMES)),
          good() ? "localhost/x" : pick(PROFILES));
    }
    return annotations;
  }

  private Map<String, @Nullable Object> container() {
    var container = new LinkedHashMap<String, @Nullable Object>();
    container.put("name", pick(NAMES));
    maybe(container, "securityContext", () -> context(false));
    maybe(container, "ports", () -> list(3, () -> Map.of("hostPort", good() ? 0L : port())));
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (random.nextInt(3) == 0) {
        maybe(container, probe, this::handler);
      }
    }
    if (random.nextInt(3) == 0) {
      maybe(
          container,
          "lifecycle",
          () -> {
            var lifecycle = new LinkedHashMap<String, @Nullable Object>();
            maybe(lifecycle, "postStart", this::handler);
            maybe(lifecycle, "preStop", this::handler);
            return lifecycle;
          });
    }
    return container;
  }

  private long port() {
    return pick(List.of(80L, 8080L, 9L, 443L));
  }

  private Map<String, Object> handler() {
    return Map.of(
        pick(List.of("httpGet", "tcpSocket", "exec")),
        good()
            ? Map.of()
            : Map.of("host", pick(List.of("10.0.0.1", "", "example.com", "a.example"))));
  }

  private Map<String, @Nullable Object> context(boolean ofPod) {
    var context = new LinkedHashMap<String, @Nullable Object>();
    maybe(context, "runAsNonRoot", this::good);
    maybe(context, "runAsUser", () -> good() ? 1000L : 0L);
    maybe(context, "seccompProfile", this::profile);
    maybe(context, "appArmorProfile", this::profile);
    maybe(context, "windowsOptions", () -> good() ? Map.of() : Map.of("hostProcess", true));
    maybe(
        context,
        "seLinuxOptions",
        () -> {
          var options = new LinkedHashMap<String, @Nullable Object>();
          maybe(
              options,
              "type",
              () -> good() ? "container_t" : pick(List.of("container_engine_t", "spc_t", "")));
          maybe(options, "user", () -> good() ? "" : "u");
          maybe(options, "role", () -> good() ? "" : "r");
          return options;
        });
    if (ofPod) {
      maybe(
          context,
          "sysctls",
          () -> list(3, () -> Map.of("name", good() ? SYSCTLS.getFirst() : pick(SYSCTLS))));
      return context;
    }
    maybe(context, "privileged", () -> !good());
    maybe(context, "allowPrivilegeEscalation", () -> !good());
    maybe(context, "procMount", () -> good() ? "Default" : pick(List.of("Unmasked", "", "x")));
    maybe(
        context,
        "capabilities",
        () -> {
          var capabilities = new LinkedHashMap<String, @Nullable Object>();
          maybe(
              capabilities,
              "add",
              () -> list(3, () -> good() ? "NET_BIND_SERVICE" : pick(CAPABILITIES)));
          maybe(
              capabilities,
              "drop",
              () -> good() ? List.of("ALL") : list(2, () -> pick(CAPABILITIES)));
          return capabilities;
        });
    return context;
  }

  private Map<String, Object> profile() {
    return random.nextInt(10) == 0
        ? Map.of()
        : Map.of("type", good() ? "RuntimeDefault" : pick(TYPES));
  }

  private Map<String, Object> volume() {
    VolumeSource[] sources = VolumeSource.values();
    var volume = new LinkedHashMap<String, Object>();
    volume.put("name", pick(NAMES));
    for (int i = random.nextInt(12) == 0 ? random.nextInt(3) : 1; i > 0; i--) {
      volume.put(good() ? "emptyDir" : sources[random.nextInt(sources.length)].field(), Map.of());
    }
    return volume;
  }

  private boolean good() {
    return random.nextInt(100) < good;
  }

  private interface Value {
    Object get();
  }

  private void maybe(Map<String, @Nullable Object> object, String field, Value value) {
    if (random.nextInt(100) < present) {
      object.put(field, value.get());
    } else if (random.nextInt(20) == 0) {
      object.put(field, null);
    }
  }

  private List<Object> list(int most, Value value) {
    var list = new ArrayList<Object>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      list.add(value.get());
    }
    return list;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  static String json(@Nullable Object value) {
    var out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    switch (value) {
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
      case String text -> JsonText.appendQuoted(out, text);
      case null, default -> out.append(value);
    }
  }
}

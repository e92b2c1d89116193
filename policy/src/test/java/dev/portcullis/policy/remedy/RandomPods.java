package dev.portcullis.policy.remedy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Pods of all shapes: every field that a check reads, set, unset, empty and null, well and badly.
 */
public final class RandomPods {
  private final SplittableRandom dice;

  /** How likely a field is there at all; each pod has its own. */
  private final double density;

  private RandomPods(SplittableRandom dice) {
    this.dice = dice;
    this.density = dice.nextDouble(0.1, 0.8);
  }

  /** {@return the pod of this number, as a tree for {@link JsonTree}} */
  public static Map<String, Object> pod(long seed) {
    return new RandomPods(new SplittableRandom(seed)).pod();
  }

  private Map<String, Object> pod() {
    var metadata = map();
    if (chance(0.3)) {
      metadata.put("annotations", annotations());
    }
    var spec = map();
    maybe(spec, 0.1, "hostNetwork", bool());
    maybe(spec, 0.1, "hostPID", bool());
    maybe(spec, 0.1, "hostUsers", bool());
    if (chance(0.1)) {
      spec.put("os", new LinkedHashMap<>(Map.of("name", pick("windows", "linux"))));
    }
    context(spec, true);
    maybe(spec, 0.3, "volumes", many(this::volume));
    maybe(spec, 0.3, "initContainers", many(this::container));
    spec.put("containers", many(this::container));
    maybe(spec, 0.1, "ephemeralContainers", many(this::container));
    var pod = map();
    pod.put("metadata", metadata);
    pod.put("spec", spec);
    return pod;
  }

  private Map<String, Object> container() {
    var container = map();
    container.put("name", pick("web", "side~car", "a/b", "c"));
    context(container, false);
    maybe(container, 0.15, "ports", many(() -> one("hostPort", pick(0L, 80L, 8080L))));
    if (chance(0.15)) {
      container.put(
          pick("livenessProbe", "readinessProbe"),
          one("httpGet", one("host", pick("", "127.0.0.1", "db"))));
    }
    if (chance(0.1)) {
      container.put(
          "lifecycle", one("preStop", one("tcpSocket", one("host", pick("", "1.2.3.4")))));
    }
    return container;
  }

  private void context(Map<String, Object> owner, boolean ofPod) {
    if (chance(0.3)) {
      if (chance(0.3)) {
        owner.put("securityContext", null);
      }
      return;
    }
    var context = map();
    if (ofPod) {
      maybe(
          context,
          density / 2,
          "sysctls",
          many(() -> one("name", pick("kernel.shm_rmid_forced", "net.core.somaxconn"))));
    } else {
      maybe(context, density / 2, "privileged", bool());
      maybe(context, density, "allowPrivilegeEscalation", bool());
      maybe(context, density / 2, "procMount", pick("Default", "Unmasked", ""));
      maybe(context, density, "capabilities", capabilities());
    }
    maybe(context, density, "runAsNonRoot", bool());
    maybe(context, density, "runAsUser", pick(0L, 1000L));
    maybe(context, density / 2, "seLinuxOptions", seLinux());
    maybe(context, density, "seccompProfile", profile());
    maybe(context, density / 2, "appArmorProfile", profile());
    maybe(context, density / 4, "windowsOptions", one("hostProcess", bool()));
    owner.put("securityContext", context);
  }

  private Map<String, Object> capabilities() {
    var capabilities = map();
    maybe(
        capabilities,
        0.6,
        "add",
        many(() -> pick("SYS_ADMIN", "NET_BIND_SERVICE", "CHOWN", "NET_RAW", null)));
    maybe(capabilities, 0.6, "drop", many(() -> pick("ALL", "all", "NET_RAW", null)));
    return capabilities;
  }

  private Map<String, Object> seLinux() {
    var options = map();
    maybe(options, 0.6, "type", pick("container_t", "spc_t", ""));
    maybe(options, 0.4, "user", pick("system_u", ""));
    maybe(options, 0.4, "role", pick("system_r", ""));
    return options;
  }

  private Map<String, Object> profile() {
    var profile = map();
    maybe(profile, 0.9, "type", pick("RuntimeDefault", "Localhost", "Unconfined", ""));
    maybe(profile, 0.3, "localhostProfile", "p.json");
    return profile;
  }

  private Map<String, Object> annotations() {
    var annotations = map();
    maybe(
        annotations,
        0.4,
        "container.apparmor.security.beta.kubernetes.io/web",
        pick("unconfined", "localhost/x"));
    maybe(
        annotations,
        0.4,
        "seccomp.security.alpha.kubernetes.io/pod",
        pick("unconfined", "runtime/default", null));
    maybe(
        annotations,
        0.4,
        "container.seccomp.security.alpha.kubernetes.io/a~b",
        pick("unconfined", "docker/default"));
    return annotations;
  }

  private Map<String, Object> volume() {
    var volume = one("name", "v");
    volume.put(pick("emptyDir", "hostPath", "nfs", "secret", "csi"), map());
    return volume;
  }

  private List<Object> many(java.util.function.Supplier<Object> maker) {
    var list = new ArrayList<Object>();
    for (int i = dice.nextInt(4); i > 0; i--) {
      list.add(maker.get());
    }
    return list;
  }

  private void maybe(Map<String, Object> owner, double probability, String name, Object value) {
    if (chance(probability)) {
      owner.put(name, chance(0.05) ? null : value);
    }
  }

  private boolean chance(double probability) {
    return dice.nextDouble() < probability;
  }

  private boolean bool() {
    return dice.nextBoolean();
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[dice.nextInt(values.length)];
  }

  private static Map<String, Object> one(String name, Object value) {
    var map = map();
    map.put(name, value);
    return map;
  }

  private static Map<String, Object> map() {
    return new LinkedHashMap<>();
  }
}

package dev.portcullis.e2e;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random pods that an API server accepts, most of them with something that a check looks at. */
final class PodShapes {
  static final String EXEMPT_RUNTIME_CLASS = "exempt-class";
  static final String OTHER_RUNTIME_CLASS = "other-class";

  private final SplittableRandom random;

  PodShapes(SplittableRandom random) {
    this.random = random;
  }

  /**
   * What one mutation does to a pod's {@code metadata}, its {@code spec} and one of its containers.
   */
  private record Target(ObjectNode metadata, ObjectNode spec, ObjectNode container) {
    ObjectNode podSecurity() {
      return spec.withObject("securityContext");
    }

    ObjectNode security() {
      return container.withObject("securityContext");
    }

    void volume(String name, String type, String body) {
      ObjectNode volume = spec.withArray("volumes").addObject().put("name", name);
      volume.set(type, ApiClient.JSON.readTree(body));
    }
  }

  /**
   * {@return metadata (without a name) and spec of a pod} A template's {@code restartPolicy} may be
   * another.
   */
  ObjectNode template() {
    ObjectNode template = ApiClient.JSON.createObjectNode();
    ObjectNode metadata = template.putObject("metadata");
    metadata.putObject("labels").put("app", "twin");
    ObjectNode spec = template.putObject("spec");
    boolean hardened = random.nextInt(100) < 40;
    containers(spec, hardened);
    if (hardened) {
      spec.putObject("securityContext")
          .put("runAsNonRoot", true)
          .putObject("seccompProfile")
          .put("type", "RuntimeDefault");
    }
    int mutations = random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      mutate(new Target(metadata, spec, anyContainer(spec)));
    }
    return template;
  }

  /** {@return a container as {@code kubectl debug} adds one} */
  ObjectNode ephemeralContainer(String name) {
    ObjectNode container =
        ApiClient.JSON.createObjectNode().put("name", name).put("image", image());
    if (random.nextBoolean()) {
      harden(container);
    }
    if (random.nextInt(3) == 0) {
      container
          .withObject("securityContext")
          .put("privileged", true)
          .put("allowPrivilegeEscalation", true);
    }
    return container;
  }

  String image() {
    return "registry.example.com/shop/"
        + one("catalog", "cart", "mail")
        + ":1."
        + random.nextInt(9);
  }

  private void containers(ObjectNode spec, boolean hardened) {
    ArrayNode containers = spec.putArray("containers");
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      container(containers.addObject(), "c" + i, hardened);
    }
    if (random.nextInt(4) == 0) {
      ObjectNode init = spec.putArray("initContainers").addObject();
      container(init, "init", hardened);
      if (random.nextBoolean()) {
        init.put("restartPolicy", "Always");
      }
    }
  }

  private void container(ObjectNode container, String name, boolean hardened) {
    container.put("name", name).put("image", image());
    if (hardened) {
      harden(container);
    }
    if (random.nextInt(3) == 0) {
      container.withObject("resources").putObject("requests").put("cpu", "10m");
    }
  }

  private static void harden(ObjectNode container) {
    ObjectNode security =
        container.putObject("securityContext").put("allowPrivilegeEscalation", false);
    security.putObject("capabilities").putArray("drop").add("ALL");
  }

  private ObjectNode anyContainer(ObjectNode spec) {
    ArrayNode containers =
        spec.has("initContainers") && random.nextInt(4) == 0
            ? spec.withArray("initContainers")
            : spec.withArray("containers");
    return (ObjectNode) containers.get(random.nextInt(containers.size()));
  }

  @SafeVarargs
  private <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }

  private void mutate(Target target) {
    List<Runnable> all =
        List.of(
            () -> privileged(target),
            () -> hostNamespace(target),
            () -> ports(target),
            () -> volume(target),
            () -> capabilities(target),
            () -> seLinux(target),
            () -> seccomp(target),
            () -> appArmor(target),
            () -> sysctls(target),
            () -> user(target),
            () -> escalation(target),
            () -> probe(target),
            () -> runtimeClass(target),
            () -> procMount(target),
            () -> windows(target));
    all.get(random.nextInt(all.size())).run();
  }

  private void privileged(Target target) {
    target.security().put("privileged", true).remove("allowPrivilegeEscalation");
  }

  private void hostNamespace(Target target) {
    target.spec().put(one("hostNetwork", "hostPID", "hostIPC"), true);
  }

  private void ports(Target target) {
    int port = 8000 + random.nextInt(1000);
    ObjectNode declared =
        target.container().withArray("ports").addObject().put("containerPort", port);
    if (random.nextBoolean()) {
      declared.put("hostPort", port);
    }
  }

  private void volume(Target target) {
    String name = "v" + target.spec().withArray("volumes").size();
    switch (random.nextInt(8)) {
      case 0 -> target.volume(name, "hostPath", "{\"path\": \"/var/log\"}");
      case 1 -> target.volume(name, "emptyDir", "{}");
      case 2 -> target.volume(name, "configMap", "{\"name\": \"settings\"}");
      case 3 -> target.volume(name, "nfs", "{\"server\": \"nfs.example.com\", \"path\": \"/\"}");
      case 4 -> target.volume(name, "csi", "{\"driver\": \"csi.example.com\"}");
      case 5 ->
          target.volume(
              name,
              "iscsi",
              "{\"targetPortal\": \"10.0.0.9:3260\", \"iqn\": \"iqn.2001-04.com.example:disk\","
                  + " \"lun\": 1}");
      case 6 ->
          target.volume(name, "image", "{\"reference\": \"registry.example.com/shop/files:1\"}");
      default -> target.volume(name, "secret", "{\"secretName\": \"token\"}");
    }
  }

  private void capabilities(Target target) {
    ObjectNode capabilities = target.security().withObject("capabilities");
    if (random.nextBoolean()) {
      capabilities
          .withArray("add")
          .add(one("NET_ADMIN", "SYS_TIME", "CHOWN", "NET_BIND_SERVICE", "KILL"));
    } else {
      capabilities.withArray("drop").add(one("ALL", "NET_RAW"));
    }
  }

  private void seLinux(Target target) {
    ObjectNode options =
        (random.nextBoolean() ? target.security() : target.podSecurity())
            .withObject("seLinuxOptions");
    options.put(
        one("type", "user", "role", "level"), one("container_t", "container_kvm_t", "spc_t", "s0"));
  }

  private void seccomp(Target target) {
    ObjectNode profile =
        (random.nextBoolean() ? target.security() : target.podSecurity())
            .putObject("seccompProfile");
    String type = one("Unconfined", "RuntimeDefault", "Localhost");
    profile.put("type", type);
    if (type.equals("Localhost")) {
      profile.put("localhostProfile", "profiles/shop.json");
    }
  }

  private void appArmor(Target target) {
    String type = one("Unconfined", "RuntimeDefault");
    switch (random.nextInt(3)) {
      case 0 ->
          target
              .metadata()
              .withObject("annotations")
              .put(
                  "container.apparmor.security.beta.kubernetes.io/"
                      + target.container().get("name").asString(),
                  type.equals("Unconfined") ? "unconfined" : "runtime/default");
      case 1 -> target.security().putObject("appArmorProfile").put("type", type);
      default -> target.podSecurity().putObject("appArmorProfile").put("type", type);
    }
  }

  private void sysctls(Target target) {
    String name =
        one(
            "kernel.shm_rmid_forced",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.tcp_rmem",
            "kernel.msgmax",
            "net.ipv4.tcp_keepalive_time");
    target.podSecurity().putArray("sysctls").addObject().put("name", name).put("value", "1");
  }

  private void user(Target target) {
    ObjectNode security = random.nextBoolean() ? target.security() : target.podSecurity();
    switch (random.nextInt(3)) {
      case 0 -> security.put("runAsUser", random.nextInt(2) * 1000);
      case 1 -> security.put("runAsNonRoot", random.nextBoolean());
      default -> target.spec().put("hostUsers", false);
    }
  }

  private void escalation(Target target) {
    target
        .security()
        .put(
            "allowPrivilegeEscalation",
            target.security().has("privileged") || random.nextBoolean());
  }

  private void probe(Target target) {
    ObjectNode handler = ApiClient.JSON.createObjectNode();
    ObjectNode action =
        random.nextBoolean() ? handler.putObject("httpGet") : handler.putObject("tcpSocket");
    action.put("port", 8080);
    if (random.nextBoolean()) {
      action.put("host", one("127.0.0.1", "metadata.example.com"));
    }
    Supplier<Boolean> sidecar = () -> target.container().has("restartPolicy");
    boolean inInit = target.container().path("name").asString().equals("init");
    if (inInit && !sidecar.get()) {
      return;
    }
    if (random.nextInt(3) == 0) {
      target.container().withObject("lifecycle").set("postStart", handler);
    } else {
      target.container().set(one("livenessProbe", "startupProbe"), handler);
    }
  }

  private void runtimeClass(Target target) {
    target.spec().put("runtimeClassName", one(EXEMPT_RUNTIME_CLASS, OTHER_RUNTIME_CLASS));
  }

  private void procMount(Target target) {
    target.spec().put("hostUsers", false);
    target.security().put("procMount", one("Unmasked", "Default"));
  }

  private void windows(Target target) {
    target.spec().putObject("os").put("name", one("windows", "linux"));
    if (random.nextBoolean()) {
      target.spec().put("hostNetwork", true);
      target.podSecurity().putObject("windowsOptions").put("hostProcess", true);
    }
  }
}

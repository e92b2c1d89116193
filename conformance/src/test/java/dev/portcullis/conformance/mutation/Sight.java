package dev.portcullis.conformance.mutation;

import dev.portcullis.conformance.generate.Words;
import dev.portcullis.policy.pod.Capabilities;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.ContainerView.HostPort;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.SeLinuxOptions;
import dev.portcullis.policy.pod.VolumeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way in which a rule sees a pod wrongly.
 *
 * @param name what it overlooks or mistakes
 * @param field what {@link Reads} calls it
 * @param of the pod as it is seen
 */
record Sight(String name, String field, UnaryOperator<PodView> of) {
  private static final String PLANTED = "planted!";

  /** {@return all of them} */
  static List<Sight> all() {
    List<Sight> all = new ArrayList<>();
    lists(all);
    flags(all);
    texts(all);
    capabilities(all);
    seLinux(all);
    annotations(all);
    volumes(all);
    return all;
  }

  private static void lists(List<Sight> all) {
    for (ContainerView.Kind kind : ContainerView.Kind.values()) {
      all.add(new Sight("overlooks " + kind.field(), "containers", Views.without(kind)));
    }
    all.add(
        new Sight(
            "containers reversed",
            "order",
            Views.<List<ContainerView>>pod("containers", Views::reversed)));
    all.add(
        new Sight(
            "overlooks a pod's last container",
            "containers",
            Views.pod(
                "containers", (List<ContainerView> c) -> c.subList(0, Math.max(0, c.size() - 1)))));
    all.add(
        new Sight(
            "overlooks names of containers",
            "names",
            Views.containers(c -> Views.with(c, "name", name -> ""))));
    all.add(
        new Sight(
            "volumes reversed", "volumes", Views.<List<Object>>pod("volumes", Views::reversed)));
    all.add(
        new Sight(
            "sysctls reversed",
            "sysctls",
            Views.<List<String>>podContext("sysctls", Views::reversed)));
    all.add(
        new Sight(
            "names a sysctl once",
            "sysctls",
            Views.<List<String>>podContext("sysctls", s -> s.stream().distinct().toList())));
    all.add(
        new Sight(
            "overlooks hosts of handlers",
            "hosts",
            Views.containers(c -> Views.with(c, "handlerHosts", hosts -> List.of()))));
    for (String probe :
        List.of("livenessProbe", "readinessProbe", "startupProbe", "postStart", "preStop")) {
      for (String action : List.of("httpGet", "tcpSocket")) {
        all.add(
            new Sight(
                "overlooks " + probe + "." + action,
                "hosts",
                Views.containers(c ->
                    Views.with(
                        c,
                        "handlerHosts",
                        (List<ContainerView.HandlerHost> hosts) ->
                            hosts.stream()
                                .filter(h -> !h.path().contains(probe + "." + action))
                                .toList()))));
      }
    }
    for (int port : new int[] {80, 9, 8080, -1, 443}) {
      all.add(
          new Sight(
              "overlooks host port " + port,
              "hostPorts",
              Views.containers(c ->
                  Views.with(
                      c,
                      "hostPorts",
                      (List<HostPort> ports) ->
                          ports.stream().filter(p -> p.port() != port).toList()))));
    }
  }

  private static void flags(List<Sight> all) {
    for (String flag : List.of("hostNetwork", "hostPid", "hostIpc")) {
      all.add(new Sight("overlooks " + flag, flag, Views.pod(flag, value -> false)));
      all.add(new Sight("always sees " + flag, flag, Views.pod(flag, value -> true)));
    }
    nullable(all, "privileged", "privileged", false);
    nullable(all, "allowPrivilegeEscalation", "ape", false);
    nullable(all, "runAsNonRoot", "nonRoot", false);
    nullable(all, "hostProcess", "hostProcess", false);
    nullable(all, "runAsNonRoot", "podNonRoot", true);
    nullable(all, "hostProcess", "podHostProcess", true);
    all.add(new Sight("overlooks hostUsers", "hostUsers", Views.pod("hostUsers", v -> null)));
    all.add(
        new Sight(
            "hostUsers taken for the contrary",
            "hostUsers",
            Views.pod("hostUsers", (Boolean v) -> v == null ? null : !v)));
    all.add(
        new Sight(
            "takes absent hostUsers for false",
            "hostUsers",
            Views.pod("hostUsers", (Boolean v) -> v == null ? Boolean.FALSE : v)));
    all.add(new Sight("overlooks os", "os", Views.pod("osName", v -> null)));
    for (String name : List.of("Windows", "linux", "windows ", "")) {
      all.add(
          new Sight(
              "takes os \"" + name + "\" for windows",
              "os",
              Views.pod("osName", Views.swap(name, "windows"))));
    }
    for (boolean pod : new boolean[] {false, true}) {
      String field = pod ? "podUser" : "user";
      all.add(
          new Sight("overlooks runAsUser", field, context(pod, "runAsUser", (Long value) -> null)));
      all.add(
          new Sight("takes user 1 for 0", field, context(pod, "runAsUser", Views.swap(1L, 0L))));
      all.add(
          new Sight("takes user -1 for 0", field, context(pod, "runAsUser", Views.swap(-1L, 0L))));
      all.add(
          new Sight(
              "reads users as 32 bits",
              field,
              context(
                  pod,
                  "runAsUser",
                  (Long value) -> value == null ? null : (long) value.intValue())));
    }
  }

  private static void nullable(List<Sight> all, String component, String field, boolean pod) {
    all.add(
        new Sight("overlooks " + component, field, context(pod, component, (Boolean v) -> null)));
    all.add(
        new Sight(
            "takes " + component + " for the contrary",
            field,
            context(pod, component, (Boolean v) -> v == null ? null : !v)));
  }

  private static <V> UnaryOperator<PodView> context(
      boolean pod, String component, UnaryOperator<V> change) {
    return pod ? Views.podContext(component, change) : Views.context(component, change);
  }

  private static void texts(List<Sight> all) {
    for (boolean pod : new boolean[] {false, true}) {
      for (String value : List.of("RuntimeDefault", "Localhost", "Unconfined", "")) {
        mistake(all, pod, "seccompType", pod ? "podSeccomp" : "seccomp", value);
        mistake(all, pod, "appArmorType", pod ? "podAppArmor" : "appArmor", value);
      }
      String seccomp = pod ? "podSeccomp" : "seccomp";
      String appArmor = pod ? "podAppArmor" : "appArmor";
      all.add(
          new Sight(
              "overlooks seccompProfile",
              seccomp,
              context(pod, "seccompType", (String v) -> null)));
      all.add(
          new Sight(
              "overlooks appArmorProfile",
              appArmor,
              context(pod, "appArmorType", (String v) -> null)));
      all.add(
          new Sight(
              "takes Unconfined for RuntimeDefault",
              seccomp,
              context(pod, "seccompType", Views.swap("Unconfined", "RuntimeDefault"))));
      all.add(
          new Sight(
              "takes Unconfined for RuntimeDefault",
              appArmor,
              context(pod, "appArmorType", Views.swap("Unconfined", "RuntimeDefault"))));
    }
    for (String value : List.of("Default", "Unmasked", "default", "")) {
      mistake(all, false, "procMount", "procMount", value);
    }
    all.add(new Sight("overlooks procMount", "procMount", context(false, "procMount", v -> null)));
    var sysctls = new ArrayList<>(Words.SAFE_SYSCTLS);
    sysctls.add("kernel.msgmax");
    for (String sysctl : sysctls) {
      all.add(
          new Sight(
              "does not know " + sysctl,
              "sysctls",
              Views.podContext("sysctls", Views.item(sysctl, PLANTED))));
    }
    all.add(
        new Sight("overlooks sysctls", "sysctls", Views.podContext("sysctls", value -> List.of())));
  }

  private static void mistake(
      List<Sight> all, boolean pod, String component, String field, String value) {
    all.add(
        new Sight(
            "does not know " + component + " \"" + value + "\"",
            field,
            context(pod, component, Views.swap(value, PLANTED))));
  }

  private static void capabilities(List<Sight> all) {
    var added = new ArrayList<>(Words.DEFAULT_CAPABILITIES);
    added.addAll(List.of("NET_RAW", "ALL", ""));
    for (String capability : added) {
      all.add(
          capability("does not know added " + capability, "add", Views.item(capability, PLANTED)));
    }
    all.add(capability("overlooks added ones", "add", list -> List.of()));
    all.add(capability("takes NET_RAW for CHOWN", "add", Views.item("NET_RAW", "CHOWN")));
    all.add(capability("overlooks dropped ones", "drop", list -> List.of()));
    all.add(capability("does not know ALL", "drop", Views.item("ALL", PLANTED)));
    all.add(capability("takes all for ALL", "drop", Views.item("all", "ALL")));
  }

  private static Sight capability(
      String name, String component, UnaryOperator<List<String>> change) {
    return new Sight(
        name,
        component,
        Views.context(
            "capabilities",
            (Capabilities c) -> c == null ? null : Views.with(c, component, change)));
  }

  private static void seLinux(List<Sight> all) {
    for (boolean pod : new boolean[] {false, true}) {
      String field = pod ? "podSeLinux" : "seLinux";
      for (String component : List.of("type", "user", "role")) {
        all.add(
            new Sight(
                "overlooks " + component,
                field,
                context(pod, "seLinuxOptions", option(component, value -> ""))));
      }
      for (String type : Words.SAFE_SELINUX_TYPES) {
        all.add(
            new Sight(
                "does not know type \"" + type + "\"",
                field,
                context(pod, "seLinuxOptions", option("type", Views.swap(type, PLANTED)))));
      }
      all.add(
          new Sight(
              "takes spc_t for container_t",
              field,
              context(pod, "seLinuxOptions", option("type", Views.swap("spc_t", "container_t")))));
    }
  }

  private static UnaryOperator<SeLinuxOptions> option(
      String component, UnaryOperator<String> change) {
    return options -> options == null ? null : Views.with(options, component, change);
  }

  private static void annotations(List<Sight> all) {
    note(all, "appArmorNotes", PodView.APPARMOR_ANNOTATION);
    note(all, "seccompNotes", PodView.SECCOMP_CONTAINER_ANNOTATION);
    note(all, "seccompNotes", PodView.SECCOMP_POD_ANNOTATION);
  }

  private static void note(List<Sight> all, String field, String prefix) {
    all.add(new Sight("overlooks " + prefix, field, Views.annotations(prefix, value -> null)));
    for (String value :
        List.of("runtime/default", "docker/default", "localhost/x", "unconfined", "")) {
      all.add(
          new Sight(
              "does not know \"" + value + "\" of " + prefix,
              field,
              Views.annotations(prefix, Views.swap(value, PLANTED))));
    }
  }

  private static void volumes(List<Sight> all) {
    for (VolumeSource source : VolumeSource.values()) {
      all.add(
          new Sight(
              "overlooks " + source.field(),
              source == VolumeSource.HOST_PATH ? "hostPath" : "otherVolumes",
              Views.volumes(bits -> bits & ~source.bit())));
    }
    all.add(
        new Sight(
            "takes every volume for an emptyDir too",
            "otherVolumes",
            Views.volumes(bits -> bits | VolumeSource.EMPTY_DIR.bit())));
    all.add(
        new Sight(
            "sees one source of a volume only",
            "hostPath",
            Views.volumes(bits -> bits & -Long.highestOneBit(bits))));
  }
}

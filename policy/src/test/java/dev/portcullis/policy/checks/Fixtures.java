package dev.portcullis.policy.checks;

import dev.portcullis.policy.pod.VolumeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Pods that show every check in every revision and every form of its message. */
final class Fixtures {
  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String POD = "spec.securityContext.";
  private static final String INIT = "spec.initContainers[0].securityContext.";
  private static final String A = "spec.containers[0].securityContext.";
  private static final String B = "spec.containers[1].securityContext.";

  private final List<Fixture> all = new ArrayList<>();

  /** A pod with the name of what it shows. */
  record Fixture(String name, String pod) {}

  private Fixtures() {
    add("allowed/sample", pod -> {});
    appArmor();
    capabilities();
    hostNamespaces();
    volumes();
    hostPorts();
    handlers();
    privileged();
    procMount();
    seLinux();
    seccomp();
    sysctls();
    windows();
    escalation();
    runAs();
    names();
    everything();
  }

  static List<Fixture> all() {
    return new Fixtures().all;
  }

  private void add(String name, Consumer<SamplePod> spoil) {
    var pod = new SamplePod();
    spoil.accept(pod);
    all.add(new Fixture(name, pod.json()));
  }

  private void raw(String name, String pod) {
    all.add(new Fixture(name, pod));
  }

  private void appArmor() {
    String type = "appArmorProfile.type";
    for (String value :
        List.of("RuntimeDefault", "Localhost", "Unconfined", "", "runtimeDefault")) {
      add("appArmor/pod " + value, p -> p.set(POD + type, value));
      add("appArmor/container " + value, p -> p.set(A + type, value));
    }
    add("appArmor/no type", p -> p.set(POD + "appArmorProfile", Map.of()));
    add("appArmor/null profile", p -> p.set(A + "appArmorProfile", null));
    add(
        "appArmor/pod and containers, one value",
        p -> p.set(POD + type, "X").set(A + type, "X").set(B + type, "X"));
    add(
        "appArmor/containers, two values",
        p -> p.set(INIT + type, "Z").set(A + type, "Foo").set(B + type, "Foo"));
    for (String value : List.of("", "runtime/default", "localhost/x", "localhost", "unconfined")) {
      add("appArmor/annotation " + value, p -> p.annotate(APPARMOR + "a", value));
    }
    add("appArmor/null annotation", p -> p.annotate(APPARMOR + "a", null));
    add("appArmor/annotation of nobody", p -> p.annotate(APPARMOR, "bogus"));
    add(
        "appArmor/annotations",
        p -> p.annotate(APPARMOR + "b", "z\"\\\n\u00a0\u200b😀").annotate(APPARMOR + "a", "u"));
    add(
        "appArmor/pod, container and annotation",
        p -> p.set(POD + type, "P").set(B + type, "B").annotate(APPARMOR + "b", "unconfined"));
  }

  private void capabilities() {
    for (String name :
        List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
            "NET_RAW",
            "ALL",
            "",
            "chown",
            "CAP_CHOWN")) {
      add("capabilities/add " + name, p -> p.set(A + "capabilities.add", List.of(name)));
    }
    add("capabilities/add null", p -> p.set(A + "capabilities.add", Arrays.asList("KILL", null)));
    add(
        "capabilities/several of two containers",
        p ->
            p.set(INIT + "capabilities.add", List.of("b", "a", "b"))
                .set(B + "capabilities.add", List.of("C", "b")));
    add("capabilities/none", p -> p.set(A + "capabilities", Map.of()));
    add("capabilities/null", p -> p.set(A + "capabilities", null).set(B + "capabilities", null));
    add("capabilities/drop lower case", p -> p.set(A + "capabilities.drop", List.of("all")));
    add("capabilities/drop more", p -> p.set(A + "capabilities.drop", List.of("X", "ALL")));
    add(
        "capabilities/keep and add",
        p ->
            p.set(A + "capabilities.drop", List.of())
                .set(B + "capabilities.add", List.of("SYS_TIME")));
    add(
        "capabilities/windows",
        p -> p.set("spec.os.name", "windows").set(A + "capabilities.add", List.of("NET_RAW")));
    add(
        "capabilities/Windows",
        p -> p.set("spec.os.name", "Windows").set(A + "capabilities.drop", null));
  }

  private void hostNamespaces() {
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      add("hostNamespaces/" + field, p -> p.set("spec." + field, true));
      add("hostNamespaces/not " + field, p -> p.set("spec." + field, false));
    }
    add(
        "hostNamespaces/all",
        p -> p.set("spec.hostIPC", true).set("spec.hostPID", true).set("spec.hostNetwork", true));
    add("hostNamespaces/null", p -> p.set("spec.hostNetwork", null));
  }

  private void volumes() {
    for (VolumeSource source : VolumeSource.values()) {
      add("volumes/" + source.field(), p -> p.set("spec.volumes[1]." + source.field(), Map.of()));
    }
    add("volumes/no source", p -> p.set("spec.volumes[1].name", "v1"));
    add("volumes/unknown source", p -> p.set("spec.volumes[1].novelty", Map.of()));
    add("volumes/null source", p -> p.set("spec.volumes[1].hostPath", null));
    add("volumes/null", p -> p.set("spec.volumes[1]", null));
    add("volumes/two sources", p -> p.set("spec.volumes[0].hostPath", Map.of()));
    add(
        "volumes/two bad sources",
        p -> p.set("spec.volumes[1].nfs", Map.of()).set("spec.volumes[1].rbd", Map.of()));
    add(
        "volumes/two of one type",
        p ->
            p.set("spec.volumes[1].name", "z")
                .set("spec.volumes[1].hostPath.path", "/")
                .set("spec.volumes[2].name", "y")
                .set("spec.volumes[2].hostPath.path", "/"));
    add(
        "volumes/two types",
        p -> p.set("spec.volumes[1].name", "z").set("spec.volumes[2].hostPath", Map.of()));
  }

  private void hostPorts() {
    String port = "spec.containers[0].ports[0].hostPort";
    for (long value : new long[] {0, 80, -1, 2147483647}) {
      add("hostPorts/" + value, p -> p.set(port, value));
    }
    add("hostPorts/null", p -> p.set(port, null));
    add(
        "hostPorts/null port",
        p -> p.set("spec.containers[0].ports", Arrays.asList((Object) null)));
    add("hostPorts/init", p -> p.set("spec.initContainers[0].ports[1].hostPort", 1));
    add(
        "hostPorts/one twice",
        p -> p.set(port, 80).set("spec.containers[0].ports[1].hostPort", 80));
    add(
        "hostPorts/sorted as text",
        p ->
            p.set(port, 9)
                .set("spec.containers[0].ports[1].hostPort", 8080)
                .set("spec.containers[0].ports[2].hostPort", 80));
    add(
        "hostPorts/two containers, one port",
        p -> p.set(port, 80).set("spec.containers[1].ports[0].hostPort", 80));
  }

  private void handlers() {
    for (String handler :
        List.of(
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle.postStart",
            "lifecycle.preStop")) {
      for (String action : List.of("httpGet", "tcpSocket", "grpc")) {
        String path = "." + handler + "." + action + ".host";
        add("handlers" + path, p -> p.set("spec.containers[1]" + path, "localhost"));
      }
    }
    String host = ".livenessProbe.httpGet.host";
    add("handlers/empty", p -> p.set("spec.containers[0]" + host, ""));
    add("handlers/null", p -> p.set("spec.containers[0]" + host, null));
    add("handlers/null probe", p -> p.set("spec.containers[0].livenessProbe", null));
    add(
        "handlers/sorted",
        p ->
            p.set("spec.initContainers[0].name", "z")
                .set("spec.initContainers[0]" + host, "z.com")
                .set("spec.containers[0]" + host, "a.com")
                .set("spec.containers[0].readinessProbe.tcpSocket.host", "z.com"));
    add(
        "handlers/one name twice",
        p ->
            p.set("spec.containers[1].name", "a")
                .set("spec.containers[0]" + host, "h")
                .set("spec.containers[1]" + host, "h"));
  }

  private void privileged() {
    add("privileged/one", p -> p.set(A + "privileged", true));
    add(
        "privileged/init and regular",
        p -> p.set(INIT + "privileged", true).set(B + "privileged", true));
    add("privileged/false", p -> p.set(A + "privileged", false));
    add("privileged/null", p -> p.set(A + "privileged", null));
    add(
        "privileged/ephemeral",
        p ->
            p.set("spec.ephemeralContainers[0].name", "e")
                .set("spec.ephemeralContainers[0].securityContext.privileged", true));
  }

  private void procMount() {
    for (String value : List.of("Default", "Unmasked", "", "default")) {
      add("procMount/" + value, p -> p.set(A + "procMount", value));
    }
    add("procMount/two", p -> p.set(A + "procMount", "x").set(B + "procMount", "Unmasked"));
    add(
        "procMount/user namespace",
        p -> p.set("spec.hostUsers", false).set(A + "procMount", "Unmasked"));
    add(
        "procMount/no user namespace",
        p -> p.set("spec.hostUsers", true).set(A + "procMount", "Unmasked"));
  }

  private void seLinux() {
    String options = "seLinuxOptions.";
    for (String type :
        List.of(
            "",
            "container_t",
            "container_init_t",
            "container_kvm_t",
            "container_engine_t",
            "spc_t")) {
      add("seLinux/pod " + type, p -> p.set(POD + options + "type", type));
      add("seLinux/container " + type, p -> p.set(A + options + "type", type));
    }
    add("seLinux/level", p -> p.set(POD + options + "level", "s0"));
    add("seLinux/user", p -> p.set(POD + options + "user", "u"));
    add("seLinux/role", p -> p.set(B + options + "role", "r"));
    add("seLinux/empty", p -> p.set(A + options + "user", "").set(A + options + "role", ""));
    add(
        "seLinux/all",
        p ->
            p.set(POD + options + "type", "z")
                .set(INIT + options + "type", "y")
                .set(A + options + "user", "u")
                .set(B + options + "role", "r"));
  }

  private void seccomp() {
    String type = "seccompProfile.type";
    for (String value :
        List.of(
            "", "runtime/default", "docker/default", "localhost/x", "localhost", "unconfined")) {
      add("seccomp/annotation " + value, p -> p.annotate(SECCOMP_POD, value));
      add("seccomp/container annotation " + value, p -> p.annotate(SECCOMP + "i", value));
    }
    add("seccomp/annotation of nobody", p -> p.annotate(SECCOMP + "nobody", "unconfined"));
    add("seccomp/null annotation", p -> p.annotate(SECCOMP_POD, null));
    add(
        "seccomp/annotations",
        p ->
            p.annotate(SECCOMP_POD, "unconfined")
                .annotate(SECCOMP + "b", "x\u0001")
                .annotate(SECCOMP + "a", "unconfined"));
    for (String value : List.of("RuntimeDefault", "Localhost", "Unconfined", "", "localhost")) {
      add("seccomp/pod " + value, p -> p.set(POD + type, value));
      add("seccomp/container " + value, p -> p.set(B + type, value));
    }
    add("seccomp/no type", p -> p.set(A + "seccompProfile", Map.of()));
    add(
        "seccomp/pod and containers",
        p -> p.set(POD + type, "X").set(A + type, "X").set(B + type, "Y"));
    add("seccomp/pod bad, containers good", p -> p.set(POD + type, "X").set(A + type, "Localhost"));
    add("seccomp/nobody", p -> p.set(POD + "seccompProfile", null));
    add(
        "seccomp/one without",
        p ->
            p.remove(POD + "seccompProfile")
                .set(INIT + type, "Localhost")
                .set(A + type, "RuntimeDefault"));
    add("seccomp/windows", p -> p.set("spec.os.name", "windows").set(POD + type, "Unconfined"));
  }

  private void sysctls() {
    String first = POD + "sysctls[0].name";
    for (String name :
        List.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem",
            "net.ipv4.tcp_slow_start_after_idle",
            "net.ipv4.tcp_notsent_lowat",
            "kernel.msgmax",
            "kernel/shm_rmid_forced",
            "")) {
      add("sysctls/" + name, p -> p.set(first, name));
    }
    add("sysctls/null", p -> p.set(POD + "sysctls", Arrays.asList((Object) null)));
    add(
        "sysctls/in order, repeated",
        p ->
            p.set(first, "b")
                .set(POD + "sysctls[1].name", "a")
                .set(POD + "sysctls[2].name", "net.ipv4.tcp_rmem")
                .set(POD + "sysctls[3].name", "b"));
  }

  private void windows() {
    String field = "windowsOptions.hostProcess";
    add("windows/pod", p -> p.set(POD + field, true));
    add("windows/container", p -> p.set(A + field, true));
    add("windows/false", p -> p.set(POD + field, false).set(A + field, null));
    add(
        "windows/pod and containers",
        p -> p.set(POD + field, true).set(A + field, true).set(B + field, true));
  }

  private void escalation() {
    String field = "allowPrivilegeEscalation";
    add("escalation/true", p -> p.set(A + field, true));
    add("escalation/null", p -> p.set(A + field, null).set(B + field, null));
    add("escalation/no context", p -> p.remove("spec.containers[0].securityContext"));
    add("escalation/windows", p -> p.set("spec.os.name", "windows").set(A + field, true));
  }

  private void runAs() {
    String nonRoot = "runAsNonRoot";
    add("runAsNonRoot/pod false", p -> p.set(POD + nonRoot, false));
    add("runAsNonRoot/container false", p -> p.set(A + nonRoot, false));
    add(
        "runAsNonRoot/all false",
        p -> p.set(POD + nonRoot, false).set(A + nonRoot, false).set(B + nonRoot, false));
    add(
        "runAsNonRoot/pod false, containers true",
        p -> p.set(POD + nonRoot, false).set(A + nonRoot, true));
    add("runAsNonRoot/nobody", p -> p.remove(POD + nonRoot));
    add(
        "runAsNonRoot/one without",
        p -> p.set(POD + nonRoot, null).set(INIT + nonRoot, true).set(A + nonRoot, true));
    add(
        "runAsNonRoot/false and without",
        p -> p.remove(POD + nonRoot).set(INIT + nonRoot, true).set(A + nonRoot, false));
    add(
        "runAsNonRoot/user namespace",
        p -> p.set("spec.hostUsers", false).set(POD + nonRoot, false));
    add("runAsNonRoot/windows", p -> p.set("spec.os.name", "windows").remove(POD + nonRoot));
    String user = "runAsUser";
    add("runAsUser/pod", p -> p.set(POD + user, 0));
    add("runAsUser/container", p -> p.set(A + user, 0));
    add("runAsUser/all", p -> p.set(POD + user, 0).set(A + user, 0).set(B + user, 0));
    add("runAsUser/others", p -> p.set(POD + user, 1).set(A + user, -1).set(B + user, null));
    add("runAsUser/user namespace", p -> p.set("spec.hostUsers", false).set(A + user, 0));
    raw("runAs/no containers", "{\"spec\":{}}");
    raw("runAs/nothing", "{}");
  }

  private void names() {
    for (String name : List.of("", "a\"b\\c\nd", "é😀\ufb00", "%s<&>")) {
      add(
          "names/" + Integer.toHexString(name.hashCode()),
          p ->
              p.set("spec.containers[0].name", name)
                  .set(A + "privileged", true)
                  .set(A + "procMount", name)
                  .set("spec.containers[0].livenessProbe.httpGet.host", name)
                  .set("spec.volumes[0]", Map.of("name", name)));
    }
    add(
        "names/all alike",
        p ->
            p.set("spec.containers[0].name", "i")
                .set("spec.containers[1].name", "i")
                .set(INIT + "privileged", true)
                .set(A + "privileged", true)
                .set(B + "privileged", true));
    add("names/null container", p -> p.set("spec.containers[2]", null));
  }

  private void everything() {
    add(
        "everything",
        p -> {
          p.annotate(APPARMOR + "a", "unconfined").annotate(SECCOMP_POD, "unconfined");
          p.set("spec.hostNetwork", true).set("spec.hostPID", true).set("spec.hostIPC", true);
          p.set("spec.volumes[1].name", "v1").set("spec.volumes[1].hostPath.path", "/");
          for (String context : List.of(POD, INIT, A)) {
            p.set(context + "appArmorProfile.type", "Unconfined");
            p.set(context + "seLinuxOptions.type", "t").set(context + "seLinuxOptions.user", "u");
            p.set(context + "windowsOptions.hostProcess", true);
            p.set(context + "runAsNonRoot", false).set(context + "runAsUser", 0);
            p.set(context + "seccompProfile.type", "Unconfined");
          }
          p.set(POD + "sysctls[0].name", "kernel.msgmax");
          p.set(INIT + "privileged", true).set(A + "privileged", true);
          p.set(INIT + "procMount", "Unmasked");
          p.set(A + "allowPrivilegeEscalation", true);
          p.set(A + "capabilities.add", List.of("SYS_ADMIN")).remove(INIT + "capabilities");
          p.set("spec.containers[0].ports[0].hostPort", 80);
          p.set("spec.containers[0].livenessProbe.httpGet.host", "h");
        });
  }
}

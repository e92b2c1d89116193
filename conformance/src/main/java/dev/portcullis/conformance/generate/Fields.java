package dev.portcullis.conformance.generate;

import java.util.Set;

/** The names of the fields that checks and admission read, wherever they stand. */
final class Fields {
  private static final Set<String> READ =
      Set.of(
          "metadata",
          "name",
          "namespace",
          "annotations",
          "spec",
          "hostNetwork",
          "hostPID",
          "hostIPC",
          "hostUsers",
          "os",
          "runtimeClassName",
          "securityContext",
          "volumes",
          "initContainers",
          "containers",
          "ephemeralContainers",
          "image",
          "ports",
          "hostPort",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "postStart",
          "preStop",
          "httpGet",
          "tcpSocket",
          "host",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "capabilities",
          "add",
          "drop",
          "runAsNonRoot",
          "runAsUser",
          "seLinuxOptions",
          "type",
          "user",
          "role",
          "seccompProfile",
          "appArmorProfile",
          "windowsOptions",
          "hostProcess",
          "sysctls",
          "hostPath",
          "emptyDir",
          "configMap",
          "secret",
          "nfs",
          "projected",
          "csi",
          "ephemeral",
          "template",
          "jobTemplate",
          "request",
          "uid",
          "kind",
          "apiVersion",
          "resource",
          "group",
          "version",
          "requestSubResource",
          "operation",
          "userInfo",
          "username",
          "dryRun",
          "object",
          "oldObject");

  private Fields() {}

  static boolean isRead(String name) {
    return READ.contains(name);
  }
}

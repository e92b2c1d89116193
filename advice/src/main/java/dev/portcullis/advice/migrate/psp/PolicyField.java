package dev.portcullis.advice.migrate.psp;

/** A row of the official mapping: a field or an annotation of a PodSecurityPolicy, in its order. */
public enum PolicyField {
  PRIVILEGED("privileged", Effect.VALIDATES),
  DEFAULT_ADD_CAPABILITIES("defaultAddCapabilities", Effect.BOTH),
  ALLOWED_CAPABILITIES("allowedCapabilities", Effect.VALIDATES),
  REQUIRED_DROP_CAPABILITIES("requiredDropCapabilities", Effect.BOTH),
  VOLUMES("volumes", Effect.VALIDATES),
  HOST_NETWORK("hostNetwork", Effect.VALIDATES),
  HOST_PORTS("hostPorts", Effect.VALIDATES),
  HOST_PID("hostPID", Effect.VALIDATES),
  HOST_IPC("hostIPC", Effect.VALIDATES),
  SE_LINUX("seLinux", Effect.BOTH),
  RUN_AS_USER("runAsUser", Effect.BOTH),
  RUN_AS_GROUP("runAsGroup", Effect.BOTH),
  SUPPLEMENTAL_GROUPS("supplementalGroups", Effect.BOTH),
  FS_GROUP("fsGroup", Effect.BOTH),
  READ_ONLY_ROOT_FILESYSTEM("readOnlyRootFilesystem", Effect.BOTH),
  DEFAULT_ALLOW_PRIVILEGE_ESCALATION("defaultAllowPrivilegeEscalation", Effect.MUTATES),
  ALLOW_PRIVILEGE_ESCALATION("allowPrivilegeEscalation", Effect.BOTH),
  ALLOWED_HOST_PATHS("allowedHostPaths", Effect.VALIDATES),
  ALLOWED_FLEX_VOLUMES("allowedFlexVolumes", Effect.VALIDATES),
  ALLOWED_CSI_DRIVERS("allowedCSIDrivers", Effect.VALIDATES),
  ALLOWED_UNSAFE_SYSCTLS("allowedUnsafeSysctls", Effect.VALIDATES),
  FORBIDDEN_SYSCTLS("forbiddenSysctls", Effect.VALIDATES),
  ALLOWED_PROC_MOUNT_TYPES("allowedProcMountTypes", Effect.VALIDATES),
  DEFAULT_RUNTIME_CLASS("runtimeClass.defaultRuntimeClassName", Effect.MUTATES),
  ALLOWED_RUNTIME_CLASSES("runtimeClass.allowedRuntimeClassNames", Effect.VALIDATES),
  SECCOMP_DEFAULT("seccomp.security.alpha.kubernetes.io/defaultProfileName", Effect.MUTATES),
  SECCOMP_ALLOWED("seccomp.security.alpha.kubernetes.io/allowedProfileNames", Effect.VALIDATES),
  APP_ARMOR_DEFAULT("apparmor.security.beta.kubernetes.io/defaultProfileName", Effect.MUTATES),
  APP_ARMOR_ALLOWED("apparmor.security.beta.kubernetes.io/allowedProfileNames", Effect.VALIDATES);

  private final String text;
  private final Effect effect;

  PolicyField(String text, Effect effect) {
    this.text = text;
    this.effect = effect;
  }

  /** What a field does to pods. */
  public enum Effect {
    VALIDATES("validates"),
    MUTATES("mutates"),
    BOTH("mutates and validates");

    private final String text;

    Effect(String text) {
      this.text = text;
    }

    /** {@return the effect in words} */
    @Override
    public String toString() {
      return text;
    }
  }

  /** {@return what the field can do to pods} */
  public Effect effect() {
    return effect;
  }

  /** {@return whether it is an annotation; else it is a field of the spec} */
  public boolean annotation() {
    return text.indexOf('/') >= 0;
  }

  /** {@return its path below {@code spec}, or the annotation's key} */
  @Override
  public String toString() {
    return text;
  }
}

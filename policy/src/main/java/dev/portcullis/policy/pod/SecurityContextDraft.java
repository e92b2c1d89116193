package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The security context of a pod or container while it is read. */
final class SecurityContextDraft {
  private static final JsonNames FIELDS =
      JsonNames.of(
          "runAsNonRoot",
          "runAsUser",
          "seLinuxOptions",
          "seccompProfile",
          "appArmorProfile",
          "windowsOptions",
          "sysctls",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "capabilities");

  // Their numbers.
  private static final int RUN_AS_NON_ROOT = 0;
  private static final int RUN_AS_USER = 1;
  private static final int SE_LINUX_OPTIONS = 2;
  private static final int SECCOMP_PROFILE = 3;
  private static final int APP_ARMOR_PROFILE = 4;
  private static final int WINDOWS_OPTIONS = 5;
  private static final int SYSCTLS = 6;
  private static final int PRIVILEGED = 7;
  private static final int ALLOW_PRIVILEGE_ESCALATION = 8;
  private static final int PROC_MOUNT = 9;
  private static final int CAPABILITIES = 10;

  private static final JsonNames POD =
      FIELDS.without("privileged", "allowPrivilegeEscalation", "procMount", "capabilities");
  private static final JsonNames CONTAINER = FIELDS.without("sysctls");
  private static final JsonNames SELINUX = JsonNames.of("type", "user", "role");
  private static final JsonNames PROFILE = JsonNames.of("type");
  private static final JsonNames WINDOWS = JsonNames.of("hostProcess");
  private static final JsonNames SYSCTL = JsonNames.of("name");

  /** Texts that are common enough to share. */
  private static final JsonNames COMMON =
      JsonNames.of("RuntimeDefault", "Localhost", "Unconfined", "Default", "Unmasked");

  private final JsonNames names;
  private @Nullable Boolean privileged;
  private @Nullable Boolean allowPrivilegeEscalation;
  private @Nullable String procMount;
  private @Nullable CapabilitiesDraft capabilities;
  private @Nullable Boolean runAsNonRoot;
  private @Nullable Long runAsUser;
  private @Nullable SeLinuxOptions seLinuxOptions;
  private @Nullable String seccompType;
  private @Nullable String appArmorType;
  private @Nullable Boolean hostProcess;
  private @Nullable Elements<String> sysctls;

  private SecurityContextDraft(JsonNames names) {
    this.names = names;
  }

  static SecurityContextDraft ofPod() {
    return new SecurityContextDraft(POD);
  }

  static SecurityContextDraft ofContainer() {
    return new SecurityContextDraft(CONTAINER);
  }

  void read(JsonCursor in) throws JsonException {
    in.beginObject();
    int field;
    while ((field = in.nextName(names)) != JsonCursor.END) {
      if (field < 0) {
        in.skipValue();
        continue;
      }
      boolean absent = in.readNull();
      switch (field) {
        case RUN_AS_NON_ROOT -> runAsNonRoot = absent ? null : (Boolean) in.readBoolean();
        case RUN_AS_USER -> runAsUser = absent ? null : (Long) in.readLong();
        case SE_LINUX_OPTIONS -> seLinuxOptions = absent ? null : seLinux(in, seLinuxOptions);
        case SECCOMP_PROFILE -> seccompType = absent ? null : type(in, seccompType);
        case APP_ARMOR_PROFILE -> appArmorType = absent ? null : type(in, appArmorType);
        case WINDOWS_OPTIONS -> hostProcess = absent ? null : hostProcess(in, hostProcess);
        case SYSCTLS -> sysctls = absent ? null : sysctls(in, sysctls);
        case PRIVILEGED -> privileged = absent ? null : (Boolean) in.readBoolean();
        case ALLOW_PRIVILEGE_ESCALATION ->
            allowPrivilegeEscalation = absent ? null : (Boolean) in.readBoolean();
        case PROC_MOUNT -> procMount = absent ? null : in.readString(COMMON);
        case CAPABILITIES -> capabilities = absent ? null : capabilities(in, capabilities);
        default -> throw new AssertionError(field);
      }
    }
  }

  SecurityContext view() {
    return new SecurityContext(
        privileged,
        allowPrivilegeEscalation,
        procMount,
        capabilities == null ? null : capabilities.view(),
        runAsNonRoot,
        runAsUser,
        seLinuxOptions,
        seccompType,
        appArmorType,
        hostProcess,
        sysctls == null ? List.of() : sysctls.view());
  }

  private static CapabilitiesDraft capabilities(JsonCursor in, @Nullable CapabilitiesDraft before)
      throws JsonException {
    var draft = before == null ? new CapabilitiesDraft() : before;
    draft.read(in);
    return draft;
  }

  private static SeLinuxOptions seLinux(JsonCursor in, @Nullable SeLinuxOptions before)
      throws JsonException {
    String type = before == null ? "" : before.type();
    String user = before == null ? "" : before.user();
    String role = before == null ? "" : before.role();
    in.beginObject();
    int field;
    while ((field = in.nextName(SELINUX)) != JsonCursor.END) {
      switch (field) {
        case 0 -> type = in.readNull() ? type : in.readString();
        case 1 -> user = in.readNull() ? user : in.readString();
        case 2 -> role = in.readNull() ? role : in.readString();
        default -> in.skipValue();
      }
    }
    return new SeLinuxOptions(type, user, role);
  }

  private static String type(JsonCursor in, @Nullable String before) throws JsonException {
    String type = before == null ? "" : before;
    in.beginObject();
    int field;
    while ((field = in.nextName(PROFILE)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        type = in.readString(COMMON);
      }
    }
    return type;
  }

  private static @Nullable Boolean hostProcess(JsonCursor in, @Nullable Boolean before)
      throws JsonException {
    Boolean hostProcess = before;
    in.beginObject();
    int field;
    while ((field = in.nextName(WINDOWS)) != JsonCursor.END) {
      if (field == 0) {
        hostProcess = in.readNull() ? null : (Boolean) in.readBoolean();
      } else {
        in.skipValue();
      }
    }
    return hostProcess;
  }

  private static Elements<String> sysctls(JsonCursor in, @Nullable Elements<String> before)
      throws JsonException {
    Elements<String> sysctls = before == null ? new Elements<>() : before;
    sysctls.read(in, SecurityContextDraft::sysctl);
    return sysctls;
  }

  private static String sysctl(JsonCursor in, @Nullable String before) throws JsonException {
    String name = before == null ? "" : before;
    if (in.readNull()) {
      return name;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(SYSCTL)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        name = in.readString();
      }
    }
    return name;
  }
}

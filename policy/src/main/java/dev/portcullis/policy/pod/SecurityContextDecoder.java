package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the security context of a pod or container. */
final class SecurityContextDecoder {
  private static final JsonNames POD =
      JsonNames.of(
          "runAsNonRoot",
          "runAsUser",
          "seLinuxOptions",
          "seccompProfile",
          "appArmorProfile",
          "windowsOptions",
          "sysctls");
  private static final JsonNames CONTAINER =
      JsonNames.of(
          "runAsNonRoot",
          "runAsUser",
          "seLinuxOptions",
          "seccompProfile",
          "appArmorProfile",
          "windowsOptions",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "capabilities");
  private static final JsonNames CAPABILITIES = JsonNames.of("add", "drop");
  private static final JsonNames SELINUX = JsonNames.of("type", "user", "role");
  private static final JsonNames PROFILE = JsonNames.of("type");
  private static final JsonNames WINDOWS = JsonNames.of("hostProcess");
  private static final JsonNames SYSCTL = JsonNames.of("name");

  /** Texts that are common enough to share. */
  private static final JsonNames COMMON =
      JsonNames.of(
          "ALL",
          "NET_BIND_SERVICE",
          "RuntimeDefault",
          "Localhost",
          "Unconfined",
          "Default",
          "Unmasked");

  private static final Capabilities NO_CAPABILITIES = new Capabilities(List.of(), List.of());
  private static final Capabilities DROP_ALL = new Capabilities(List.of(), List.of("ALL"));

  private final JsonCursor in;

  SecurityContextDecoder(JsonCursor in) {
    this.in = in;
  }

  /** {@return the pod's security context that stands here, on top of one that stood before} */
  SecurityContext pod(@Nullable SecurityContext before) throws JsonException {
    return read(before, POD);
  }

  /**
   * {@return the container's security context that stands here, on top of one that stood before}
   */
  SecurityContext container(@Nullable SecurityContext before) throws JsonException {
    return read(before, CONTAINER);
  }

  private SecurityContext read(@Nullable SecurityContext before, JsonNames names)
      throws JsonException {
    SecurityContext old = before == null ? SecurityContext.EMPTY : before;
    Boolean privileged = old.privileged();
    Boolean escalation = old.allowPrivilegeEscalation();
    String procMount = old.procMount();
    Capabilities capabilities = old.capabilities();
    Boolean nonRoot = old.runAsNonRoot();
    Long user = old.runAsUser();
    SeLinuxOptions seLinux = old.seLinuxOptions();
    String seccomp = old.seccompType();
    String appArmor = old.appArmorType();
    Boolean hostProcess = old.hostProcess();
    List<String> sysctls = old.sysctls();
    in.beginObject();
    int field;
    while ((field = in.nextName(names)) != JsonCursor.END) {
      if (field < 0) {
        in.skipValue();
        continue;
      }
      boolean absent = in.readNull();
      switch (field) {
        case 0 -> nonRoot = absent ? null : (Boolean) in.readBoolean();
        case 1 -> user = absent ? null : (Long) in.readLong();
        case 2 -> seLinux = absent ? null : seLinux(seLinux);
        case 3 -> seccomp = absent ? null : type(seccomp);
        case 4 -> appArmor = absent ? null : type(appArmor);
        case 5 -> hostProcess = absent ? null : hostProcess(hostProcess);
        case 6 -> {
          if (names == POD) {
            sysctls = absent ? List.of() : sysctls();
          } else {
            privileged = absent ? null : (Boolean) in.readBoolean();
          }
        }
        case 7 -> escalation = absent ? null : (Boolean) in.readBoolean();
        case 8 -> procMount = absent ? null : in.readString(COMMON);
        case 9 -> capabilities = absent ? null : capabilities(capabilities);
        default -> throw new AssertionError(field);
      }
    }
    return new SecurityContext(
        privileged,
        escalation,
        procMount,
        capabilities,
        nonRoot,
        user,
        seLinux,
        seccomp,
        appArmor,
        hostProcess,
        sysctls);
  }

  private Capabilities capabilities(@Nullable Capabilities before) throws JsonException {
    Capabilities old = before == null ? NO_CAPABILITIES : before;
    List<String> add = old.add();
    List<String> drop = old.drop();
    in.beginObject();
    int field;
    while ((field = in.nextName(CAPABILITIES)) != JsonCursor.END) {
      switch (field) {
        case 0 -> add = strings();
        case 1 -> drop = strings();
        default -> in.skipValue();
      }
    }
    if (add.isEmpty() && drop.size() == 1 && drop.getFirst().equals("ALL")) {
      return DROP_ALL;
    }
    return new Capabilities(add, drop);
  }

  private List<String> strings() throws JsonException {
    if (in.readNull()) {
      return List.of();
    }
    var read = new ArrayList<String>(2);
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      read.add(in.readNull() ? "" : in.readString(COMMON));
    }
    return read;
  }

  private SeLinuxOptions seLinux(@Nullable SeLinuxOptions old) throws JsonException {
    String type = old == null ? "" : old.type();
    String user = old == null ? "" : old.user();
    String role = old == null ? "" : old.role();
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

  private String type(@Nullable String old) throws JsonException {
    String type = old == null ? "" : old;
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

  private @Nullable Boolean hostProcess(@Nullable Boolean old) throws JsonException {
    Boolean hostProcess = old;
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

  private List<String> sysctls() throws JsonException {
    var names = new ArrayList<String>(1);
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      names.add(sysctl());
    }
    return names;
  }

  private String sysctl() throws JsonException {
    String name = "";
    if (!in.readNull()) {
      in.beginObject();
      int field;
      while ((field = in.nextName(SYSCTL)) != JsonCursor.END) {
        if (field != 0) {
          in.skipValue();
        } else if (!in.readNull()) {
          name = in.readString();
        }
      }
    }
    return name;
  }
}

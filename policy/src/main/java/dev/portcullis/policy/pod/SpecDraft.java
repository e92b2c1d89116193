package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code spec} of a pod while it is read. */
final class SpecDraft {
  private static final JsonNames SPEC =
      JsonNames.of(
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
          "ephemeralContainers");

  // Their numbers.
  private static final int HOST_NETWORK = 0;
  private static final int HOST_PID = 1;
  private static final int HOST_IPC = 2;
  private static final int HOST_USERS = 3;
  private static final int OS = 4;
  private static final int RUNTIME_CLASS_NAME = 5;
  private static final int SECURITY_CONTEXT = 6;
  private static final int VOLUMES = 7;
  private static final int INIT_CONTAINERS = 8;
  private static final int CONTAINERS = 9;
  private static final int EPHEMERAL_CONTAINERS = 10;

  private static final JsonNames OS_FIELDS = JsonNames.of("name");
  private static final JsonNames OS_NAMES = JsonNames.of("linux", "windows");
  private static final JsonNames VOLUME = volumeNames();
  private static final int VOLUME_NAME = VolumeSource.values().length;
  private static final VolumeView NO_VOLUME = new VolumeView("", 0);

  boolean hostNetwork;
  boolean hostPid;
  boolean hostIpc;
  @Nullable Boolean hostUsers;
  @Nullable String osName;
  @Nullable String runtimeClassName;
  private @Nullable SecurityContextDraft context;
  private final Elements<VolumeView> volumes = new Elements<>();
  private final Elements<ContainerDraft> init = new Elements<>();
  private final Elements<ContainerDraft> regular = new Elements<>();
  private final Elements<ContainerDraft> ephemeral = new Elements<>();

  void read(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(SPEC)) != JsonCursor.END) {
      switch (field) {
        case HOST_NETWORK -> hostNetwork = in.readNull() ? hostNetwork : in.readBoolean();
        case HOST_PID -> hostPid = in.readNull() ? hostPid : in.readBoolean();
        case HOST_IPC -> hostIpc = in.readNull() ? hostIpc : in.readBoolean();
        case HOST_USERS -> hostUsers = in.readNull() ? null : (Boolean) in.readBoolean();
        case OS -> osName = in.readNull() ? null : os(in, osName);
        case RUNTIME_CLASS_NAME -> runtimeClassName = in.readNull() ? null : in.readString();
        case SECURITY_CONTEXT -> context = in.readNull() ? null : context(in, context);
        case VOLUMES -> volumes.read(in, SpecDraft::volume);
        case INIT_CONTAINERS -> init.read(in, ContainerDraft::over);
        case CONTAINERS -> regular.read(in, ContainerDraft::over);
        case EPHEMERAL_CONTAINERS -> ephemeral.read(in, ContainerDraft::over);
        default -> in.skipValue();
      }
    }
  }

  @Nullable SecurityContext context() {
    return context == null ? null : context.view();
  }

  List<VolumeView> volumes() {
    return volumes.view();
  }

  /** {@return init, regular and ephemeral containers, in the order in which checks look at them} */
  List<ContainerView> containers() {
    var all = new ContainerView[init.size() + regular.size() + ephemeral.size()];
    int at = put(init, ContainerView.Kind.INIT, all, 0);
    at = put(regular, ContainerView.Kind.REGULAR, all, at);
    put(ephemeral, ContainerView.Kind.EPHEMERAL, all, at);
    return List.of(all);
  }

  private static int put(
      Elements<ContainerDraft> drafts, ContainerView.Kind kind, ContainerView[] all, int from) {
    for (int i = 0; i < drafts.size(); i++) {
      all[from + i] = drafts.get(i).view(kind, i);
    }
    return from + drafts.size();
  }

  private static String os(JsonCursor in, @Nullable String before) throws JsonException {
    String name = before == null ? "" : before;
    in.beginObject();
    int field;
    while ((field = in.nextName(OS_FIELDS)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        name = in.readString(OS_NAMES);
      }
    }
    return name;
  }

  private static SecurityContextDraft context(JsonCursor in, @Nullable SecurityContextDraft before)
      throws JsonException {
    var draft = before == null ? SecurityContextDraft.ofPod() : before;
    draft.read(in);
    return draft;
  }

  private static VolumeView volume(JsonCursor in, @Nullable VolumeView before)
      throws JsonException {
    var old = before == null ? NO_VOLUME : before;
    if (in.readNull()) {
      return old;
    }
    String name = old.name();
    long sources = old.sources();
    in.beginObject();
    int field;
    while ((field = in.nextName(VOLUME)) != JsonCursor.END) {
      if (field == VOLUME_NAME) {
        name = in.readNull() ? name : in.readString();
      } else if (field < 0) {
        in.skipValue();
      } else if (in.readNull()) {
        sources &= ~(1L << field);
      } else {
        in.skipObject();
        sources |= 1L << field;
      }
    }
    return new VolumeView(name, sources);
  }

  private static JsonNames volumeNames() {
    var sources = VolumeSource.values();
    var names = new String[sources.length + 1];
    for (int i = 0; i < sources.length; i++) {
      names[i] = sources[i].field();
    }
    names[sources.length] = "name";
    return JsonNames.of(names);
  }
}

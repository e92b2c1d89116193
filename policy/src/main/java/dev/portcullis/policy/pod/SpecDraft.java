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
  private static final JsonNames OS = JsonNames.of("name");
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
        case 0 -> hostNetwork = in.readNull() ? hostNetwork : in.readBoolean();
        case 1 -> hostPid = in.readNull() ? hostPid : in.readBoolean();
        case 2 -> hostIpc = in.readNull() ? hostIpc : in.readBoolean();
        case 3 -> hostUsers = in.readNull() ? null : (Boolean) in.readBoolean();
        case 4 -> osName = in.readNull() ? null : os(in, osName);
        case 5 -> runtimeClassName = in.readNull() ? null : in.readString();
        case 6 -> context = in.readNull() ? null : context(in, context);
        case 7 -> volumes.read(in, SpecDraft::volume);
        case 8 -> init.read(in, ContainerDraft::over);
        case 9 -> regular.read(in, ContainerDraft::over);
        case 10 -> ephemeral.read(in, ContainerDraft::over);
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
    while ((field = in.nextName(OS)) != JsonCursor.END) {
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

package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec} of a pod. */
final class SpecDecoder {
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

  private final JsonCursor in;
  private final ContainerDecoder container;
  private final SecurityContextDecoder security;
  boolean hostNetwork;
  boolean hostPid;
  boolean hostIpc;
  @Nullable Boolean hostUsers;
  @Nullable String osName;
  @Nullable String runtimeClassName;
  @Nullable SecurityContext context;
  List<VolumeView> volumes = List.of();
  private List<ContainerView> init = List.of();
  private List<ContainerView> regular = List.of();
  private List<ContainerView> ephemeral = List.of();

  SpecDecoder(JsonCursor in) {
    this.in = in;
    this.security = new SecurityContextDecoder(in);
    this.container = new ContainerDecoder(in, security);
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

  void read() throws JsonException {
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
        case 3 -> hostUsers = in.readNull() ? null : in.readBoolean();
        case 4 -> os();
        case 5 -> runtimeClassName = in.readNull() ? null : in.readString();
        case 6 -> context = in.readNull() ? null : security.pod(context);
        case 7 -> volumes();
        case 8 -> init = containers(ContainerView.Kind.INIT);
        case 9 -> regular = containers(ContainerView.Kind.REGULAR);
        case 10 -> ephemeral = containers(ContainerView.Kind.EPHEMERAL);
        default -> in.skipValue();
      }
    }
  }

  /** {@return init, regular and ephemeral containers, in the order in which checks look at them} */
  List<ContainerView> containers() {
    if (init.isEmpty() && ephemeral.isEmpty()) {
      return regular;
    }
    var all = new ArrayList<ContainerView>(init.size() + regular.size() + ephemeral.size());
    all.addAll(init);
    all.addAll(regular);
    all.addAll(ephemeral);
    return all;
  }

  private void os() throws JsonException {
    if (in.readNull()) {
      osName = null;
      return;
    }
    osName = osName == null ? "" : osName;
    in.beginObject();
    int field;
    while ((field = in.nextName(OS)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        osName = in.readString(OS_NAMES);
      }
    }
  }

  private void volumes() throws JsonException {
    volumes = List.of();
    if (in.readNull()) {
      return;
    }
    var read = new ArrayList<VolumeView>(4);
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      read.add(volume());
    }
    volumes = read;
  }

  private VolumeView volume() throws JsonException {
    String name = "";
    long sources = 0;
    if (!in.readNull()) {
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
    }
    return new VolumeView(name, sources);
  }

  private List<ContainerView> containers(ContainerView.Kind kind) throws JsonException {
    if (in.readNull()) {
      return List.of();
    }
    var read = new ArrayList<ContainerView>(2);
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      read.add(container.read(kind, read.size()));
    }
    return read;
  }
}

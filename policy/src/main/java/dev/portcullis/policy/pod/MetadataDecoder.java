package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata} of a pod. */
final class MetadataDecoder {
  private static final JsonNames METADATA =
      JsonNames.of("name", "namespace", "annotations", "ownerReferences");
  private static final JsonNames OWNER = JsonNames.of("controller", "uid");

  private final JsonCursor in;
  String name = "";
  String namespace = "";
  @Nullable Map<String, String> annotations;
  private List<Owner> owners = List.of();

  private record Owner(boolean controller, String uid) {}

  MetadataDecoder(JsonCursor in) {
    this.in = in;
  }

  void read() throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(METADATA)) != JsonCursor.END) {
      switch (field) {
        case 0 -> name = in.readNull() ? name : in.readString();
        case 1 -> namespace = in.readNull() ? namespace : in.readString();
        case 2 -> annotations();
        case 3 -> owners();
        default -> in.skipValue();
      }
    }
  }

  @Nullable String controllerUid() {
    for (Owner owner : owners) {
      if (owner.controller()) {
        return owner.uid();
      }
    }
    return null;
  }

  private void annotations() throws JsonException {
    if (in.readNull()) {
      annotations = null;
      return;
    }
    in.beginObject();
    String key;
    while ((key = in.nextName()) != null) {
      if (key.startsWith(PodView.APPARMOR_ANNOTATION)
          || key.startsWith(PodView.SECCOMP_CONTAINER_ANNOTATION)
          || key.equals(PodView.SECCOMP_POD_ANNOTATION)) {
        in.countElement();
        var kept = annotations == null ? new HashMap<String, String>() : annotations;
        kept.put(key, in.readNull() ? "" : in.readString());
        annotations = kept;
      } else if (!in.readNull()) {
        in.skipStringValue();
      }
    }
  }

  private void owners() throws JsonException {
    owners = List.of();
    if (in.readNull()) {
      return;
    }
    var read = new ArrayList<Owner>(1);
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      read.add(owner());
    }
    owners = read;
  }

  private Owner owner() throws JsonException {
    boolean controller = false;
    String uid = "";
    if (!in.readNull()) {
      in.beginObject();
      int field;
      while ((field = in.nextName(OWNER)) != JsonCursor.END) {
        switch (field) {
          case 0 -> controller = !in.readNull() && in.readBoolean();
          case 1 -> uid = in.readNull() ? uid : in.readString();
          default -> in.skipValue();
        }
      }
    }
    return new Owner(controller, uid);
  }
}

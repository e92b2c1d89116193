package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code metadata} of a pod while it is read. */
final class MetadataDraft {
  private static final JsonNames METADATA =
      JsonNames.of("name", "namespace", "annotations", "ownerReferences");

  // Their numbers.
  private static final int NAME = 0;
  private static final int NAMESPACE = 1;
  private static final int ANNOTATIONS = 2;
  private static final int OWNER_REFERENCES = 3;

  private static final JsonNames OWNER = JsonNames.of("controller", "uid");
  private static final Owner NO_OWNER = new Owner(false, "");

  String name = "";
  String namespace = "";
  @Nullable Map<String, String> annotations;
  private @Nullable Elements<Owner> owners;

  private record Owner(boolean controller, String uid) {}

  void read(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(METADATA)) != JsonCursor.END) {
      switch (field) {
        case NAME -> name = in.readNull() ? name : in.readString();
        case NAMESPACE -> namespace = in.readNull() ? namespace : in.readString();
        case ANNOTATIONS -> annotations(in);
        case OWNER_REFERENCES -> owners(in);
        default -> in.skipValue();
      }
    }
  }

  @Nullable String controllerUid() {
    var all = owners;
    for (int i = 0; all != null && i < all.size(); i++) {
      if (all.get(i).controller()) {
        return all.get(i).uid();
      }
    }
    return null;
  }

  private void annotations(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      annotations = null;
      return;
    }
    in.beginObject();
    String key;
    while ((key = in.nextName()) != null) {
      if (isRead(key)) {
        in.countElement();
        var kept = annotations == null ? new HashMap<String, String>() : annotations;
        kept.put(key, in.readNull() ? "" : in.readString());
        annotations = kept;
      } else if (!in.readNull()) {
        in.skipString();
      }
    }
  }

  private static boolean isRead(String annotation) {
    return annotation.startsWith(PodView.APPARMOR_ANNOTATION)
        || annotation.startsWith(PodView.SECCOMP_CONTAINER_ANNOTATION)
        || annotation.equals(PodView.SECCOMP_POD_ANNOTATION);
  }

  private void owners(JsonCursor in) throws JsonException {
    var all = owners == null ? new Elements<Owner>() : owners;
    all.read(in, MetadataDraft::owner);
    owners = all;
  }

  private static Owner owner(JsonCursor in, @Nullable Owner before) throws JsonException {
    var old = before == null ? NO_OWNER : before;
    if (in.readNull()) {
      return old;
    }
    boolean controller = old.controller();
    String uid = old.uid();
    in.beginObject();
    int field;
    while ((field = in.nextName(OWNER)) != JsonCursor.END) {
      switch (field) {
        case 0 -> controller = !in.readNull() && in.readBoolean();
        case 1 -> uid = in.readNull() ? uid : in.readString();
        default -> in.skipValue();
      }
    }
    return new Owner(controller, uid);
  }
}

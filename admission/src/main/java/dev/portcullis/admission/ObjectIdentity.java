package dev.portcullis.admission;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;

/**
 * How a person finds an object again.
 *
 * @param name its name, or what its name was to be generated from
 * @param owner {@code Kind/name} of the controller that made it, empty when none did
 */
public record ObjectIdentity(String name, String owner) {
  private static final ObjectIdentity UNKNOWN = new ObjectIdentity("", "");
  private static final JsonNames ROOT = JsonNames.of("metadata");
  private static final JsonNames METADATA = JsonNames.of("name", "generateName", "ownerReferences");
  private static final JsonNames OWNER = JsonNames.of("kind", "name", "controller");

  /** {@return the identity in this object}; nothing of it when it cannot be read. */
  static ObjectIdentity of(JsonSlice object) {
    if (object.isNull()) {
      return UNKNOWN;
    }
    try {
      var in = new JsonCursor(object, JsonLimits.STANDARD);
      in.beginObject();
      int field;
      while ((field = in.nextName(ROOT)) != JsonCursor.END) {
        if (field == 0 && in.atObject()) {
          return metadata(in);
        }
        in.skipValue();
      }
      return UNKNOWN;
    } catch (JsonException e) {
      return UNKNOWN;
    }
  }

  private static ObjectIdentity metadata(JsonCursor in) throws JsonException {
    String name = "";
    String generateName = "";
    String owner = "";
    in.beginObject();
    int field;
    while ((field = in.nextName(METADATA)) != JsonCursor.END) {
      if (field == 0 && in.atString()) {
        name = in.readString();
      } else if (field == 1 && in.atString()) {
        generateName = in.readString();
      } else if (field == 2 && in.atArray()) {
        owner = controller(in);
      } else {
        in.skipValue();
      }
    }
    return new ObjectIdentity(
        name.isEmpty() && !generateName.isEmpty() ? generateName + "*" : name, owner);
  }

  private static String controller(JsonCursor in) throws JsonException {
    String found = "";
    in.beginArray();
    while (in.nextElement()) {
      String kind = "";
      String name = "";
      boolean controls = false;
      in.beginObject();
      int field;
      while ((field = in.nextName(OWNER)) != JsonCursor.END) {
        switch (field) {
          case 0 -> kind = in.readString();
          case 1 -> name = in.readString();
          case 2 -> controls = in.readBoolean();
          default -> in.skipValue();
        }
      }
      if (controls) {
        found = kind + "/" + name;
      }
    }
    return found;
  }
}

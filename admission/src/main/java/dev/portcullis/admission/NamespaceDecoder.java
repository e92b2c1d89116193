package dev.portcullis.admission;

import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import java.util.HashMap;
import java.util.Map;

/** Name and labels of a Namespace. A member that stands twice is merged as Go merges it. */
final class NamespaceDecoder {
  private static final JsonNames ROOT = JsonNames.of("metadata");
  private static final JsonNames METADATA = JsonNames.of("name", "labels");

  private final JsonCursor in;
  private String name = "";
  private Map<String, String> labels = new HashMap<>();

  private NamespaceDecoder(JsonCursor in) {
    this.in = in;
  }

  static Decoded.Namespace decode(JsonSlice object, JsonLimits limits, ObjectKind told)
      throws JsonException {
    var decoder = new NamespaceDecoder(new JsonCursor(object, limits));
    decoder.root();
    decoder.in.end();
    return new Decoded.Namespace(decoder.name, Map.copyOf(decoder.labels), told);
  }

  private void root() throws JsonException {
    in.beginObject();
    int field;
    while ((field = in.nextName(ROOT)) != JsonCursor.END) {
      if (field == 0) {
        metadata();
      } else {
        in.skipValue();
      }
    }
  }

  private void metadata() throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(METADATA)) != JsonCursor.END) {
      switch (field) {
        case 0 -> name = in.readNull() ? name : in.readString();
        case 1 -> labels();
        default -> in.skipValue();
      }
    }
  }

  private void labels() throws JsonException {
    if (in.readNull()) {
      labels = new HashMap<>();
      return;
    }
    in.beginObject();
    String key;
    while ((key = in.nextName()) != null) {
      if (NamespacePolicySource.POD_SECURITY.counts(key)) {
        in.countElement();
        labels.put(key, in.readNull() ? "" : in.readString());
      } else if (!in.readNull()) {
        in.skipString();
      }
    }
  }
}

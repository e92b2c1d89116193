package dev.portcullis.cluster;

import dev.portcullis.admission.NamespacePolicySource;
import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What the API server sends, down to the fields that are needed. */
final class ObjectDecoder {
  /**
   * A page of 500 pods is some 5 MB; a single object is 1.5 MiB at most, because etcd takes no
   * more.
   */
  static final JsonLimits LIMITS = new JsonLimits(256 * 1024 * 1024, 1_000, 1_000_000);

  private static final JsonNames EVENT = JsonNames.of("type", "object");
  private static final JsonNames LIST = JsonNames.of("metadata", "items");
  private static final JsonNames LIST_METADATA =
      JsonNames.of("resourceVersion", "continue", "remainingItemCount");
  private static final JsonNames OBJECT = JsonNames.of("metadata");
  private static final JsonNames METADATA = JsonNames.of("name", "resourceVersion", "labels");
  private static final JsonNames STATUS = JsonNames.of("message", "code");

  private ObjectDecoder() {}

  /** A change that a watch tells of. */
  record Event(String type, JsonSlice object) {}

  /**
   * A page of a list.
   *
   * @param continuation asks for the next page; empty on the last
   * @param remaining how many come after this page, if the API server says
   */
  record ListPage(
      String resourceVersion, String continuation, OptionalLong remaining, List<JsonSlice> items) {}

  /**
   * A namespace.
   *
   * @param labels those that admission reads, of Pod Security and of hardening; no other is kept
   */
  record Namespace(String name, String resourceVersion, Map<String, String> labels) {}

  /** A failure, as the API server puts it. */
  record Failure(String message, int code) {}

  static Event event(JsonSlice line) throws JsonException {
    var in = new JsonCursor(line, LIMITS);
    String type = "";
    JsonSlice object = JsonSlice.of(new byte[0]);
    in.beginObject();
    int name;
    while ((name = in.nextName(EVENT)) != JsonCursor.END) {
      switch (name) {
        case 0 -> type = in.readString();
        case 1 -> object = in.sliceValue();
        default -> in.skipValue();
      }
    }
    in.end();
    return new Event(type, object);
  }

  static ListPage page(JsonSlice document) throws JsonException {
    var in = new JsonCursor(document, LIMITS);
    String resourceVersion = "";
    String continuation = "";
    OptionalLong remaining = OptionalLong.empty();
    var items = new ArrayList<JsonSlice>();
    in.beginObject();
    int name;
    while ((name = in.nextName(LIST)) != JsonCursor.END) {
      if (name < 0 || in.readNull()) {
        if (name < 0) {
          in.skipValue();
        }
      } else if (name == 0) {
        in.beginObject();
        int field;
        while ((field = in.nextName(LIST_METADATA)) != JsonCursor.END) {
          switch (field) {
            case 0 -> resourceVersion = in.readString();
            case 1 -> continuation = in.readString();
            case 2 -> remaining = OptionalLong.of(in.readLong());
            default -> in.skipValue();
          }
        }
      } else {
        in.beginArray();
        while (in.nextElement()) {
          items.add(in.sliceValue());
        }
      }
    }
    in.end();
    return new ListPage(resourceVersion, continuation, remaining, items);
  }

  static Namespace namespace(JsonSlice document) throws JsonException {
    var in = new JsonCursor(document, LIMITS);
    String namespace = "";
    String resourceVersion = "";
    Map<String, String> labels = new HashMap<>();
    in.beginObject();
    int name;
    while ((name = in.nextName(OBJECT)) != JsonCursor.END) {
      if (name < 0) {
        in.skipValue();
        continue;
      }
      in.beginObject();
      int field;
      while ((field = in.nextName(METADATA)) != JsonCursor.END) {
        switch (field) {
          case 0 -> namespace = in.readString();
          case 1 -> resourceVersion = in.readString();
          case 2 -> readLabels(in, labels);
          default -> in.skipValue();
        }
      }
    }
    in.end();
    return new Namespace(namespace, resourceVersion, labels);
  }

  private static void readLabels(JsonCursor in, Map<String, String> labels) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    String key;
    while ((key = in.nextName()) != null) {
      String value = in.readNull() ? "" : in.readString();
      if (NamespacePolicySource.POD_SECURITY.counts(key) || HardenOrder.SOURCE.counts(key)) {
        labels.put(key, value);
      }
    }
  }

  /** {@return the failure in a reply}; a body that is no Status is told by its code alone. */
  static Failure failure(int code, JsonSlice body) {
    String fallback = "the API server answered with status " + code;
    try {
      var in = new JsonCursor(body, LIMITS);
      String message = "";
      int inner = code;
      in.beginObject();
      int name;
      while ((name = in.nextName(STATUS)) != JsonCursor.END) {
        switch (name) {
          case 0 -> message = in.readNull() ? "" : in.readString();
          case 1 -> inner = in.readNull() ? code : in.readInt();
          default -> in.skipValue();
        }
      }
      return new Failure(message.isEmpty() ? fallback : message, inner);
    } catch (JsonException e) {
      return new Failure(fallback, code);
    }
  }
}

package dev.portcullis.admission.review;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;

/** A review that is sent to be answered has no response; one that is there must be one. */
final class ResponseShape {
  private static final JsonNames RESPONSE =
      JsonNames.of(
          "uid", "allowed", "status", "patch", "patchType", "auditAnnotations", "warnings");

  private ResponseShape() {}

  static void check(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(RESPONSE)) != JsonCursor.END) {
      switch (field) {
        case 0, 3, 4 -> Shape.string(in);
        case 1 -> Shape.bool(in);
        case 2 -> {
          if (!in.readNull()) {
            in.skipObject();
          }
        }
        case 5 -> Shape.stringMap(in);
        case 6 -> Shape.stringList(in);
        default -> in.skipValue();
      }
    }
  }
}

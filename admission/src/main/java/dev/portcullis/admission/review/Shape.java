package dev.portcullis.admission.review;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;

/** Passes values that nobody reads, but whose type must be right; null always is. */
final class Shape {
  private Shape() {}

  static void string(JsonCursor in) throws JsonException {
    if (!in.readNull()) {
      in.skipString();
    }
  }

  static void bool(JsonCursor in) throws JsonException {
    if (!in.readNull()) {
      in.readBoolean();
    }
  }

  /** An object whose members of these names are strings. */
  static void strings(JsonCursor in, JsonNames names) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(names)) != JsonCursor.END) {
      if (field >= 0) {
        string(in);
      } else {
        in.skipValue();
      }
    }
  }

  static void stringList(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginArray();
    while (in.nextElement()) {
      string(in);
    }
  }

  static void stringMap(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    while (in.nextName() != null) {
      string(in);
    }
  }

  /** A map of lists of strings. */
  static void stringLists(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    while (in.nextName() != null) {
      stringList(in);
    }
  }
}

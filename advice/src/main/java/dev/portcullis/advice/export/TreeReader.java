package dev.portcullis.advice.export;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, strings, booleans and longs; other numbers stay as text. */
final class TreeReader {
  /** Far more than the API server stores of one object in depth; its size is limited besides. */
  private static final JsonLimits LIMITS = new JsonLimits(3 * 1024 * 1024, 100, 100_000);

  private TreeReader() {}

  /** {@return the object}; {@link JsonException} when it is none. */
  static Map<String, @Nullable Object> object(byte[] json) throws JsonException {
    var cursor = new JsonCursor(JsonSlice.of(json), LIMITS);
    Map<String, @Nullable Object> object = object(cursor);
    cursor.end();
    return object;
  }

  private static Map<String, @Nullable Object> object(JsonCursor cursor) throws JsonException {
    var object = new LinkedHashMap<String, @Nullable Object>();
    cursor.beginObject();
    for (String name = cursor.nextName(); name != null; name = cursor.nextName()) {
      object.put(name, value(cursor));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonCursor cursor) throws JsonException {
    var array = new ArrayList<@Nullable Object>();
    cursor.beginArray();
    while (cursor.nextElement()) {
      array.add(value(cursor));
    }
    return array;
  }

  private static @Nullable Object value(JsonCursor cursor) throws JsonException {
    if (cursor.readNull()) {
      return null;
    }
    if (cursor.atObject()) {
      return object(cursor);
    }
    if (cursor.atArray()) {
      return array(cursor);
    }
    if (cursor.atString()) {
      return cursor.readString();
    }
    JsonSlice scalar = cursor.sliceValue();
    String text =
        new String(scalar.bytes(), scalar.offset(), scalar.length(), StandardCharsets.US_ASCII);
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException fraction) {
      return text;
    }
  }
}

package dev.portcullis.admission;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whole JSON documents as maps, lists, strings, numbers and booleans, to be compared by value. */
public final class Json {
  private Json() {}

  /** {@return the value of this text} */
  public static Object parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the value of these bytes} */
  public static Object parse(byte[] bytes) {
    try {
      var in = new JsonCursor(JsonSlice.of(bytes), new JsonLimits(64 << 20, 10_000, 1_000_000));
      Object value = value(in);
      in.end();
      return value;
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Object value(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return null;
    }
    if (in.atString()) {
      return in.readString();
    }
    if (in.atArray()) {
      List<Object> list = new ArrayList<>();
      in.beginArray();
      while (in.nextElement()) {
        list.add(value(in));
      }
      return list;
    }
    if (in.atObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      in.beginObject();
      String name;
      while ((name = in.nextName()) != null) {
        map.put(name, value(in));
      }
      return map;
    }
    return new String(in.sliceValue().copy(), StandardCharsets.UTF_8).transform(Json::scalar);
  }

  private static Object scalar(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          text.contains(".") || text.contains("e")
              ? (Object) Double.valueOf(text)
              : Long.valueOf(text);
    };
  }

  /** {@return the members of an object} */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  /** {@return the value at this path of names} */
  public static Object at(Object value, String... path) {
    Object here = value;
    for (String name : path) {
      here = here == null ? null : object(here).get(name);
    }
    return here;
  }

  /** {@return a text that is equal for equal values} */
  public static String canonical(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          new TreeMap<>(map)
              .entrySet().stream()
                  .map(e -> e.getKey() + ": " + canonical(e.getValue()))
                  .toList()
                  .toString();
      case List<?> list -> list.stream().map(Json::canonical).toList().toString();
      case null -> "null";
      default -> value.toString();
    };
  }
}

package dev.portcullis.policy.remedy;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, strings, booleans, longs and null. */
public final class JsonTree {
  private JsonTree() {}

  /** {@return the tree of this text} */
  public static Object read(String json) {
    try {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return value(new JsonCursor(JsonSlice.of(bytes), JsonLimits.STANDARD));
    } catch (JsonException e) {
      throw new AssertionError(json, e);
    }
  }

  private static Object value(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return null;
    }
    if (in.atObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      in.beginObject();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        map.put(name, value(in));
      }
      return map;
    }
    if (in.atArray()) {
      List<Object> list = new ArrayList<>();
      in.beginArray();
      while (in.nextElement()) {
        list.add(value(in));
      }
      return list;
    }
    if (in.atString()) {
      return in.readString();
    }
    JsonSlice rest = in.sliceValue();
    String text = new String(rest.bytes(), rest.offset(), rest.length(), StandardCharsets.UTF_8);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> Long.valueOf(text);
    };
  }

  /** {@return the text of this tree} */
  public static String write(Object tree) {
    var out = new StringBuilder();
    append(out, tree);
    return out.toString();
  }

  private static void append(StringBuilder out, Object tree) {
    switch (tree) {
      case null -> out.append("null");
      case Map<?, ?> map -> {
        out.append('{');
        map.forEach((name, value) -> {
          out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
          JsonText.appendQuoted(out, name.toString());
          append(out.append(':'), value);
        });
        out.append('}');
      }
      case List<?> list -> {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          append(out.append(i == 0 ? "" : ","), list.get(i));
        }
        out.append(']');
      }
      case String text -> JsonText.appendQuoted(out, text);
      default -> out.append(tree);
    }
  }
}

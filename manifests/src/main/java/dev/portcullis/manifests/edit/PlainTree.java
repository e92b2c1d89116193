package dev.portcullis.manifests.edit;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document means, as plain maps and lists: to see that a change of text changed what it
 * should.
 */
final class PlainTree {
  private PlainTree() {}

  /**
   * {@return maps, lists and values; an absent value is an empty Optional, because null can be no
   * entry}
   */
  static Object of(Node node) {
    return switch (node.resolved()) {
      case Mapping mapping -> {
        var map = new LinkedHashMap<String, Object>();
        for (Entry entry : mapping.flattened()) {
          map.put(entry.name(), of(entry.value()));
        }
        yield map;
      }
      case Sequence sequence -> {
        var list = new ArrayList<Object>();
        for (Node item : sequence.items()) {
          list.add(of(item));
        }
        yield list;
      }
      case Scalar scalar -> {
        Object value = scalar.value();
        yield value == null ? Optional.empty() : value;
      }
      default -> throw new IllegalStateException("an alias of an alias");
    };
  }

  /**
   * {@return the same of JSON text that we wrote ourselves}: objects, lists, strings and booleans.
   */
  static Object of(String json) {
    try {
      return value(
          new JsonCursor(JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD));
    } catch (JsonException e) {
      throw new IllegalArgumentException("an edit's value is no JSON: " + json, e);
    }
  }

  private static Object value(JsonCursor in) throws JsonException {
    if (in.atObject()) {
      var map = new LinkedHashMap<String, Object>();
      in.beginObject();
      String name;
      while ((name = in.nextName()) != null) {
        map.put(name, value(in));
      }
      return map;
    }
    if (in.atArray()) {
      var list = new ArrayList<Object>();
      in.beginArray();
      while (in.nextElement()) {
        list.add(value(in));
      }
      return list;
    }
    if (in.atString()) {
      return in.readString();
    }
    return in.readNull() ? Optional.empty() : (Object) in.readBoolean();
  }

  /** Adds or replaces what stands at the path; a last {@code -} is the place behind a list. */
  static void set(Object root, List<String> path, Object value) throws EditException {
    Object parent = walk(root, path);
    String last = path.getLast();
    switch (parent) {
      case Map<?, ?> map -> members(map).put(last, value);
      case List<?> list when last.equals("-") -> items(list).add(value);
      case List<?> list -> items(list).set(index(last, list.size()), value);
      default -> throw new EditException("there is nothing to set " + last + " in");
    }
  }

  /** Takes away what stands at the path. */
  static void remove(Object root, List<String> path) throws EditException {
    Object parent = walk(root, path);
    String last = path.getLast();
    switch (parent) {
      case Map<?, ?> map -> map.remove(last);
      case List<?> list -> list.remove(index(last, list.size()));
      default -> throw new EditException("there is nothing to take " + last + " from");
    }
  }

  private static Object walk(Object root, List<String> path) throws EditException {
    Object here = root;
    for (String step : path.subList(0, path.size() - 1)) {
      Object next =
          switch (here) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list -> list.get(index(step, list.size()));
            default -> null;
          };
      if (next == null) {
        throw new EditException("there is no " + String.join(".", path));
      }
      here = next;
    }
    return here;
  }

  private static int index(String step, int size) throws EditException {
    try {
      int index = Integer.parseInt(step);
      if (index >= 0 && index < size) {
        return index;
      }
    } catch (NumberFormatException notAnIndex) {
      // Said below.
    }
    throw new EditException("there is no element " + step + " in a list of " + size);
  }

  @SuppressWarnings("unchecked") // Only this class makes these maps.
  private static Map<String, Object> members(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  @SuppressWarnings("unchecked") // Only this class makes these lists.
  private static List<Object> items(List<?> list) {
    return (List<Object>) list;
  }
}

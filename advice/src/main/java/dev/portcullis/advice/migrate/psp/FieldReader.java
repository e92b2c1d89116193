package dev.portcullis.advice.migrate.psp;

import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed fields of an object and collects what is wrong with them. A null counts as absent; a
 * field of a wrong type reads as absent once it was collected.
 */
final class FieldReader {
  private final ManifestObject object;
  private final List<ManifestError> errors = new ArrayList<>();
  private final List<ManifestError> unknown = new ArrayList<>();

  FieldReader(ManifestObject object) {
    this.object = object;
  }

  /** An object in a list. */
  record Item(String path, Mapping mapping) {}

  List<ManifestError> errors() {
    return errors;
  }

  List<ManifestError> unknown() {
    return unknown;
  }

  /** Collects a fault of what stands at a node. */
  void fault(Node node, String message) {
    errors.add(at(node.start(), message));
  }

  /** Collects a fault of a field, or of what should hold it. */
  void fault(Mapping in, String name, String message) {
    Entry entry = in.entry(name);
    fault(entry == null ? in : entry.value(), message);
  }

  /** Collects what a reader should know of what stands at a node. */
  void remark(Node node, String message) {
    unknown.add(at(node.start(), message));
  }

  /** Collects the fields that have other names. */
  void onlyKnown(Mapping in, String path, Set<String> names) {
    for (Entry entry : in.flattened()) {
      if (!names.contains(entry.name())) {
        unknown.add(at(entry.key().start(), path(path, entry.name()) + ": no such field"));
      }
    }
  }

  @Nullable Boolean bool(Mapping in, String path, String name) {
    Node node = present(in, name);
    if (node == null) {
      return null;
    }
    if (node instanceof Scalar scalar && scalar.value() instanceof Boolean value) {
      return value;
    }
    mistyped(in, path, name, "true or false");
    return null;
  }

  /** {@return the text of a field, empty when absent} */
  String string(Mapping in, String path, String name) {
    Node node = present(in, name);
    if (node == null) {
      return "";
    }
    if (node instanceof Scalar scalar && scalar.value() instanceof String value) {
      return value;
    }
    mistyped(in, path, name, "a string");
    return "";
  }

  /** {@return the number of a field, 0 when absent} */
  long number(Mapping in, String path, String name) {
    Node node = present(in, name);
    if (node == null) {
      return 0;
    }
    if (node instanceof Scalar scalar && scalar.value() instanceof Long value) {
      return value;
    }
    mistyped(in, path, name, "an integer");
    return 0;
  }

  @Nullable Mapping mapping(Mapping in, String path, String name) {
    Node node = present(in, name);
    if (node == null || node instanceof Mapping) {
      return (Mapping) node;
    }
    mistyped(in, path, name, "an object");
    return null;
  }

  List<String> strings(Mapping in, String path, String name) {
    var strings = new ArrayList<String>();
    for (Node item : items(in, path, name)) {
      if (item.resolved() instanceof Scalar scalar && scalar.value() instanceof String text) {
        strings.add(text);
      } else {
        fault(item, path(path, name) + "[" + strings.size() + "]: must be a string");
        return strings;
      }
    }
    return strings;
  }

  List<Item> mappings(Mapping in, String path, String name) {
    var items = new ArrayList<Item>();
    for (Node item : items(in, path, name)) {
      String itemPath = path(path, name) + "[" + items.size() + "]";
      if (item.resolved() instanceof Mapping mapping) {
        items.add(new Item(itemPath, mapping));
      } else {
        fault(item, itemPath + ": must be an object");
        return items;
      }
    }
    return items;
  }

  /** {@return a map of strings, empty when absent} */
  Map<String, String> texts(@Nullable Mapping in, String path, String name) {
    var texts = new LinkedHashMap<String, String>();
    Mapping map = in == null ? null : mapping(in, path, name);
    if (map != null) {
      for (Entry entry : map.flattened()) {
        texts.put(entry.name(), string(map, path(path, name), entry.name()));
      }
    }
    return texts;
  }

  private List<Node> items(Mapping in, String path, String name) {
    Node node = present(in, name);
    if (node == null) {
      return List.of();
    }
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    mistyped(in, path, name, "a list");
    return List.of();
  }

  private static @Nullable Node present(Mapping in, String name) {
    Node node = in.get(name);
    return node instanceof Scalar scalar && scalar.value() == null ? null : node;
  }

  private void mistyped(Mapping in, String path, String name, String expected) {
    fault(in, name, path(path, name) + ": must be " + expected);
  }

  private static String path(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private ManifestError at(int offset, String message) {
    Position position = object.source().position(offset);
    return new ManifestError(object.document(), position.line(), position.column(), message);
  }
}

package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Sequence;
import org.jspecify.annotations.Nullable;

/** Finds containers in objects of kinds that are not known, so that they are named, not passed. */
final class CustomTemplates {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NODES = 10_000;

  private int visited;

  private CustomTemplates() {}

  /**
   * {@return where a custom object holds containers, such as {@code spec.template.spec}, or null}
   */
  static @Nullable String path(ManifestObject object) {
    int slash = object.apiVersion().indexOf('/');
    boolean custom = object.apiVersion().lastIndexOf('.', slash) > 0;
    return custom && object.root().get("spec") instanceof Mapping spec
        ? new CustomTemplates().find(spec, "spec", 0)
        : null;
  }

  private @Nullable String find(Node node, String path, int depth) {
    if (depth > MAX_DEPTH || visited++ > MAX_NODES) {
      return null;
    }
    if (node instanceof Sequence sequence) {
      for (Node item : sequence.items()) {
        String found = find(item.resolved(), path + "[]", depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    if (!(node instanceof Mapping mapping)) {
      return null;
    }
    if (holdsContainers(mapping)) {
      return path;
    }
    for (Entry entry : mapping.flattened()) {
      String found = find(entry.value().resolved(), path + "." + entry.name(), depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean holdsContainers(Mapping mapping) {
    return (mapping.get("containers") instanceof Sequence containers
            && !containers.items().isEmpty()
            && containers.items().getFirst().resolved() instanceof Mapping)
        || (mapping.get("container") instanceof Mapping container
            && container.get("image") != null);
  }
}

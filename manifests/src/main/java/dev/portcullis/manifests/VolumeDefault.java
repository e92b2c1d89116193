package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Layout;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import dev.portcullis.manifests.yaml.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one default of the API server that a verdict depends on: a volume without a source is an
 * emptyDir.
 *
 * <p>Without it, {@code restrictedVolumes} refuses pods that a cluster takes. A volume with an
 * unknown source is left alone.
 */
final class VolumeDefault {
  private VolumeDefault() {}

  /** {@return the pod with the default applied; the same node if nothing changes} */
  static Mapping apply(Mapping pod) {
    if (!(pod.get("spec") instanceof Mapping spec)
        || !(spec.get("volumes") instanceof Sequence volumes)) {
      return pod;
    }
    List<Node> items = null;
    for (int i = 0; i < volumes.items().size(); i++) {
      Node defaulted = defaulted(volumes.items().get(i));
      if (defaulted != null) {
        items = items == null ? new ArrayList<>(volumes.items()) : items;
        items.set(i, defaulted);
      }
    }
    if (items == null) {
      return pod;
    }
    Sequence changed = new Sequence(volumes.start(), volumes.end(), null, volumes.layout(), items);
    return with(pod, "spec", with(spec, "volumes", changed));
  }

  private static @Nullable Node defaulted(Node item) {
    if (item.resolved() instanceof Scalar scalar && scalar.value() == null) {
      return with(
          new Mapping(item.start(), item.end(), null, Layout.FLOW, List.of()),
          "emptyDir",
          empty(item));
    }
    if (!(item.resolved() instanceof Mapping volume)) {
      return null;
    }
    for (Entry entry : volume.flattened()) {
      boolean isNull = entry.value().resolved() instanceof Scalar scalar && scalar.value() == null;
      if (!isNull && !entry.name().equals("name")) {
        return null;
      }
    }
    return with(volume, "emptyDir", empty(item));
  }

  private static Mapping empty(Node near) {
    return new Mapping(near.end(), near.end(), null, Layout.FLOW, List.of());
  }

  private static Mapping with(Mapping mapping, String name, Node value) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : mapping.flattened()) {
      if (!entry.name().equals(name)) {
        entries.add(entry);
      }
    }
    int at = value.start();
    entries.add(new Entry(new Scalar(at, at, null, Style.PLAIN, name, name, false), value));
    return new Mapping(mapping.start(), mapping.end(), null, mapping.layout(), entries);
  }
}

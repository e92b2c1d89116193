package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Layout;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The end of a walk along a path, or of as much of it as exists.
 *
 * @param node the value, as written: it may be an alias
 * @param entry the entry whose value it is, or null if it is an item of a list or the root
 * @param complete whether the whole path exists
 */
public record Located(Node node, @Nullable Entry entry, boolean complete) {

  static Located find(Node root, FieldPath path) {
    Located here = new Located(root, null, true);
    for (Object step : path.steps()) {
      Located next = step(here.node.resolved(), step);
      if (next == null) {
        return new Located(here.node, here.entry, false);
      }
      here = next;
    }
    return here;
  }

  private static @Nullable Located step(Node node, Object step) {
    if (node instanceof Sequence sequence) {
      boolean exists = step instanceof Integer index && index < sequence.items().size();
      return exists ? new Located(sequence.items().get((Integer) step), null, true) : null;
    }
    if (node instanceof Mapping mapping) {
      Entry entry = mapping.entry(step.toString());
      return entry == null ? null : new Located(entry.value(), entry, true);
    }
    return null;
  }

  /**
   * {@return the offset that a person should be shown}
   *
   * <p>It is that of the value. For a value that starts on a line after its key, and for the parent
   * of what is missing, it is that of the key.
   */
  int offset() {
    boolean block = layout(node) == Layout.BLOCK;
    return entry != null && (block || !complete) ? entry.key().start() : node.start();
  }

  /** {@return the offset of the key, or of the value where there is no key} */
  int keyOffset() {
    return entry == null ? node.start() : entry.key().start();
  }

  private static @Nullable Layout layout(Node node) {
    return switch (node) {
      case Mapping mapping -> mapping.layout();
      case Sequence sequence -> sequence.layout();
      default -> null;
    };
  }
}

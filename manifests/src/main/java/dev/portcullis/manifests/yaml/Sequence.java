package dev.portcullis.manifests.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list, with its items in order. */
public record Sequence(int start, int end, @Nullable String anchor, Layout layout, List<Node> items)
    implements Node {
  public Sequence {
    items = List.copyOf(items);
  }
}

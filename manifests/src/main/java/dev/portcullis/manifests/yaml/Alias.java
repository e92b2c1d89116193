package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.Nullable;

/**
 * {@code *name}: the node {@code target}, written down elsewhere.
 *
 * @param target never itself an alias
 */
public record Alias(int start, int end, String name, Node target) implements Node {
  @Override
  public @Nullable String anchor() {
    return null;
  }

  @Override
  public Node resolved() {
    return target;
  }
}

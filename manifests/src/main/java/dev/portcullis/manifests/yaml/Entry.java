package dev.portcullis.manifests.yaml;

/** A key and its value, as written in a {@link Mapping}. */
public record Entry(Node key, Node value) {
  /** {@return the key's name as JSON spells it ({@code 0x10} is {@code 16})} */
  public String name() {
    return Keys.name(key);
  }

  /** {@return whether this is a merge, {@code <<: *defaults}} */
  public boolean isMerge() {
    return key instanceof Scalar scalar && scalar.isMergeKey();
  }
}

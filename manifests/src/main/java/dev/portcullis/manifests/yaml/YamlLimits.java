package dev.portcullis.manifests.yaml;

/**
 * How much a source may hold before it is refused.
 *
 * @param maxBytes the size of a source
 * @param maxDepth the depth of nesting, aliases followed
 * @param maxNodes the number of keys and values of a document, aliases followed
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxNodes) {
  /** 64 MiB, 1,000 levels, 2,000,000 nodes. */
  public static final YamlLimits DEFAULT = new YamlLimits(64 << 20, 1_000, 2_000_000);

  public YamlLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxNodes < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: " + maxBytes + ", " + maxDepth + ", " + maxNodes);
    }
  }
}

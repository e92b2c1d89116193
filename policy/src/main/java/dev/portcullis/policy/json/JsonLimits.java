package dev.portcullis.policy.json;

/**
 * Bounds on what a decoder accepts, so that no input can take memory or time without end.
 *
 * @param maxBytes the longest document, in bytes
 * @param maxDepth how deep objects and arrays may nest
 * @param maxElements how many list elements and map entries one document may make the decoder keep
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxElements) {
  /**
   * 3 MiB, as a Kubernetes API server takes at most; 10,000 levels, as the reference; 100,000
   * elements.
   */
  public static final JsonLimits STANDARD = new JsonLimits(3 * 1024 * 1024, 10_000, 100_000);

  /** Refuses bounds below one. */
  public JsonLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxElements < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: " + maxBytes + ", " + maxDepth + ", " + maxElements);
    }
  }
}

package dev.portcullis.manifests.yaml;

/** How a collection is written. */
public enum Layout {
  /** One entry a line, by indentation. */
  BLOCK,
  /** YAML in brackets. */
  FLOW,
  /** JSON. */
  JSON
}

package dev.portcullis.manifests.yaml;

/** How a scalar is written. */
public enum Style {
  /** Without quotes: the text decides the type. */
  PLAIN,
  SINGLE_QUOTED,
  DOUBLE_QUOTED,
  /** A block scalar that starts with {@code |}. */
  LITERAL,
  /** A block scalar that starts with {@code >}. */
  FOLDED,
  /** A number, boolean or null of a JSON source. */
  JSON
}

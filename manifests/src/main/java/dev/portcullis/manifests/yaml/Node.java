package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a document. Offsets count UTF-16 units of {@link SourceText#text()}.
 *
 * <p>A node starts at its first property ({@code &anchor}, {@code !tag}) if it has any. Block
 * collections end where their last child ends, so comments and blank lines that follow are outside.
 */
public sealed interface Node permits Mapping, Sequence, Scalar, Alias {
  /** {@return the offset of the first character} */
  int start();

  /** {@return the offset after the last character} */
  int end();

  /** {@return the anchor's name without {@code &}, or null} */
  @Nullable String anchor();

  /** {@return this node, or what it stands for if it is an alias} */
  default Node resolved() {
    return this;
  }
}

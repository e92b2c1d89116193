package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param text the text without quotes, escapes and indentation
 * @param value what the text means: null, {@link Boolean}, {@link Long}, {@link
 *     java.math.BigInteger} (above the range of long), {@link Double} or {@link String}
 */
public record Scalar(
    int start,
    int end,
    @Nullable String anchor,
    Style style,
    String text,
    @Nullable Object value,
    boolean isMergeKey)
    implements Node {
  /** {@return the text if the value is a string, else null} */
  public @Nullable String string() {
    return value instanceof String string ? string : null;
  }
}

package dev.portcullis.report;

import org.jspecify.annotations.Nullable;

/**
 * A place in a manifest that a check objects to.
 *
 * @param path from the pod's root, {@code spec.containers[1].securityContext.privileged}
 * @param stablePath the same with names for numbers, {@code
 *     spec.containers[web].securityContext.privileged}, so that it outlives reordering
 * @param line its line, from 1; of the nearest thing around it when the field is missing
 * @param column its column, from 1
 * @param value what stands there, a Boolean, a Long or a String; null when the field is missing
 * @param excerpt the line, to show
 */
public record Place(
    String path, String stablePath, int line, int column, @Nullable Object value, Excerpt excerpt) {

  /** {@return the column after the value on its line, from 1} */
  public int endColumn() {
    return column + excerpt.carets().length();
  }

  /** {@return whether the field is missing and should be there} */
  public boolean isMissing() {
    return value == null;
  }
}

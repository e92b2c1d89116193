package dev.portcullis.policy;

import org.jspecify.annotations.Nullable;

/**
 * A place in a pod that a check objects to.
 *
 * @param path from the pod's root, such as {@code spec.containers[1].securityContext.privileged}
 * @param badValue what stands there, a Boolean, a Long or a String; null when it is missing and
 *     should be there
 */
public record FieldError(String path, @Nullable Object badValue) {
  /** {@return an objection to a field that is not there} */
  public static FieldError missing(String path) {
    return new FieldError(path, null);
  }

  /** {@return whether the field is missing} */
  public boolean isMissing() {
    return badValue == null;
  }

  /** {@return path and value as a person reads them} */
  @Override
  public String toString() {
    return switch (badValue) {
      case null -> path + ": missing";
      case String text -> path + ": " + GoText.quote(text);
      default -> path + ": " + badValue;
    };
  }
}

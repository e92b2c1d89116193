package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonNames;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an object keeps its pod template.
 *
 * @param members from the document's root, such as {@code spec}, {@code template}, each the first
 *     of its names; the first are followed by {@code kind}, {@code apiVersion} and what else stands
 *     at the root. None: the whole is a pod
 * @param optional whether there may be none: then a null takes away what stood there before, as it
 *     does to a pointer in Go; else a missing template is an empty one, and null changes nothing
 */
public record TemplatePath(List<JsonNames> members, boolean optional) {
  /** A pod itself. */
  public static final TemplatePath WHOLE = new TemplatePath(List.of(), false);

  /** {@return the path of a template that is always there, if only an empty one} */
  public static TemplatePath required(String... members) {
    return new TemplatePath(names(members), false);
  }

  /** {@return the path of a template that may be missing} */
  public static TemplatePath optional(String... members) {
    return new TemplatePath(names(members), true);
  }

  /** {@return whether this is no path to a template, but the pod itself} */
  public boolean isWhole() {
    return members.isEmpty();
  }

  private static List<JsonNames> names(String... members) {
    var names = new ArrayList<JsonNames>();
    for (String member : members) {
      names.add(
          names.isEmpty()
              ? JsonNames.of(member, "kind", "apiVersion", "metadata", "status")
              : JsonNames.of(member));
    }
    return List.copyOf(names);
  }
}

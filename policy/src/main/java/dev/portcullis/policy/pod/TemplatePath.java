package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonNames;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a controller keeps its pod template.
 *
 * @param members from the document's root, such as {@code spec}, {@code template}
 * @param optional whether there may be none: then a null takes away what stood there before, as it
 *     does to a pointer in Go; else a missing template is an empty one, and null changes nothing
 */
public record TemplatePath(List<JsonNames> members, boolean optional) {
  /** {@return the path of a template that is always there, if only an empty one} */
  public static TemplatePath required(String... members) {
    return new TemplatePath(names(members), false);
  }

  /** {@return the path of a template that may be missing} */
  public static TemplatePath optional(String... members) {
    return new TemplatePath(names(members), true);
  }

  private static List<JsonNames> names(String... members) {
    return Stream.of(members).map(JsonNames::of).toList();
  }
}

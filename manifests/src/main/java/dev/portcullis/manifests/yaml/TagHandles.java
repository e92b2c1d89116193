package dev.portcullis.manifests.yaml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of tags stand for in a document: {@code !!} and those of its {@code %TAG}
 * directives.
 */
record TagHandles(Map<String, String> declared) {
  static final TagHandles STANDARD = new TagHandles(Map.of());

  boolean declares(String handle) {
    return declared.containsKey(handle);
  }

  TagHandles with(String handle, String prefix) {
    Map<String, String> more = new HashMap<>(declared);
    more.put(handle, prefix);
    return new TagHandles(more);
  }

  /** {@return the tag in full, or null if its handle is unknown} */
  @Nullable String resolve(Token tag) {
    if (tag.handle().isEmpty()) {
      return tag.text();
    }
    String prefix = declared.get(tag.handle());
    if (prefix == null) {
      prefix =
          switch (tag.handle()) {
            case "!" -> "!";
            case "!!" -> ScalarResolver.TAG_PREFIX;
            default -> "";
          };
    }
    String full = prefix + (prefix.isEmpty() && !declares(tag.handle()) ? "" : tag.text());
    return full.isEmpty() ? null : full;
  }
}

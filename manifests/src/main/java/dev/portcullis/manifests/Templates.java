package dev.portcullis.manifests;

import org.jspecify.annotations.Nullable;

/** Recognises text that a template engine should have replaced: Helm, Go templates, Jinja. */
final class Templates {
  private Templates() {}

  /** {@return why a text is no manifest, or null if it holds no template} */
  static @Nullable String reason(String text) {
    if (text.contains("{{")) {
      return "a template that was not rendered ({{ ... }})";
    }
    return text.contains("{%") ? "a template that was not rendered ({% ... %})" : null;
  }
}

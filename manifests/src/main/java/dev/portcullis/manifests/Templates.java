package dev.portcullis.manifests;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises text that a template engine should have replaced: Helm, Go templates, Jinja; in a
 * single value also variables of Flux, envsubst and Kustomize.
 */
final class Templates {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{[^{}]{1,200}}|\\$\\([^()]{1,200}\\)");

  private Templates() {}

  /** {@return why a text is no manifest, or null if it holds no template} */
  static @Nullable String reason(String text) {
    if (text.contains("{{")) {
      return "a template that was not rendered ({{ ... }})";
    }
    return text.contains("{%") ? "a template that was not rendered ({% ... %})" : null;
  }

  /** {@return why a value has the wrong type, or null if it holds neither template nor variable} */
  static @Nullable String reasonInValue(String value) {
    String template = reason(value);
    if (template != null) {
      return template;
    }
    var variable = VARIABLE.matcher(value);
    return variable.find()
        ? "a variable that was not substituted (" + shortened(variable.group()) + ")"
        : null;
  }

  private static String shortened(String variable) {
    return variable.length() <= 40 ? variable : variable.substring(0, 40) + "...";
  }
}

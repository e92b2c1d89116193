package dev.portcullis.manifests.yaml;

/** Keys of YAML mappings as the strings that JSON needs. */
final class Keys {
  private Keys() {}

  /**
   * {@return the key as {@code sigs.k8s.io/yaml} spells it in JSON; collections and nulls, which it
   * refuses, give their text}
   */
  static String name(Node key) {
    if (!(key.resolved() instanceof Scalar scalar)) {
      return "";
    }
    return switch (scalar.value()) {
      case String string -> string;
      case Boolean bool -> bool.toString();
      case Double number -> GoNumbers.formatFloat32(number);
      case null -> scalar.text();
      default -> scalar.value().toString();
    };
  }
}

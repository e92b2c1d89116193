package dev.portcullis.manifests.yaml;

import dev.portcullis.policy.GoText;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as Go's {@code %#v} prints them. */
final class GoSyntax {
  private GoSyntax() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case String string -> GoText.quote(string);
      case BigInteger number -> "0x" + number.toString(16);
      case Double number -> GoNumbers.formatJson(number);
      default -> value.toString();
    };
  }

  /** {@return a node as a value of type {@code interface {}}} */
  static String of(Node node) {
    return switch (node.resolved()) {
      case Sequence sequence ->
          sequence.items().stream()
              .map(GoSyntax::element)
              .collect(Collectors.joining(", ", "[]interface {}{", "}"));
      case Mapping mapping ->
          sorted(mapping).entrySet().stream()
              .map(entry -> entry.getKey() + ":" + entry.getValue())
              .collect(Collectors.joining(", ", "map[interface {}]interface {}{", "}"));
      case Scalar scalar -> of(scalar.value());
      case Alias alias -> throw new IllegalStateException("an alias of an alias: " + alias.name());
    };
  }

  private static Map<String, String> sorted(Mapping mapping) {
    Map<String, String> sorted = new TreeMap<>(GoText.BYTE_ORDER);
    mapping.flattened().forEach(entry -> sorted.put(element(entry.key()), element(entry.value())));
    return sorted;
  }

  private static String element(Node node) {
    boolean isNull = node.resolved() instanceof Scalar scalar && scalar.value() == null;
    return isNull ? "interface {}(nil)" : of(node);
  }
}

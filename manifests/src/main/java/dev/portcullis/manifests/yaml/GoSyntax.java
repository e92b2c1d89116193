package dev.portcullis.manifests.yaml;

import dev.portcullis.policy.GoText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as Go's {@code %#v} prints them, for messages; what is very long ends in three dots. */
final class GoSyntax {
  private static final int ENOUGH = 10_000;
  private static final Comparator<Entry> BY_KEY =
      Comparator.<Entry, Boolean>comparing(entry -> !isNull(entry.key()))
          .thenComparing(Entry::name, GoText.BYTE_ORDER);

  private final StringBuilder out = new StringBuilder();

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
    GoSyntax syntax = new GoSyntax();
    syntax.append(node);
    return syntax.out.toString();
  }

  private void append(Node node) {
    switch (node.resolved()) {
      case Sequence sequence -> append(sequence);
      case Mapping mapping -> append(mapping);
      case Scalar scalar -> out.append(of(scalar.value()));
      case Alias alias -> throw new IllegalStateException("an alias of an alias: " + alias.name());
    }
  }

  private void append(Sequence sequence) {
    out.append("[]interface {}{");
    String separator = "";
    for (Node item : sequence.items()) {
      if (isEnough(separator)) {
        return;
      }
      element(item);
      separator = ", ";
    }
    out.append('}');
  }

  private void append(Mapping mapping) {
    out.append("map[interface {}]interface {}{");
    List<Entry> entries = new ArrayList<>(mapping.flattened());
    entries.sort(BY_KEY);
    String separator = "";
    for (Entry entry : entries) {
      if (isEnough(separator)) {
        return;
      }
      element(entry.key());
      out.append(':');
      element(entry.value());
      separator = ", ";
    }
    out.append('}');
  }

  private boolean isEnough(String separator) {
    if (out.length() > ENOUGH) {
      out.append("...");
      return true;
    }
    out.append(separator);
    return false;
  }

  private void element(Node node) {
    if (isNull(node)) {
      out.append("interface {}(nil)");
    } else {
      append(node);
    }
  }

  private static boolean isNull(Node node) {
    return node.resolved() instanceof Scalar scalar && scalar.value() == null;
  }
}

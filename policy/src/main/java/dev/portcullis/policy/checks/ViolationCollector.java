package dev.portcullis.policy.checks;

import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Forbidden.Explanation;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.ContainerView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the violations of a check: who, with which values, in which fields; and words them as
 * the reference does.
 */
final class ViolationCollector {
  private boolean pod;
  private final List<String> containers = new ArrayList<>(4);
  private final List<String> values = new ArrayList<>(4);
  private final List<FieldError> fields = new ArrayList<>(4);

  /** The pod itself violates the check. */
  void pod() {
    pod = true;
  }

  /** This container violates the check; it is named in the message each time this is called. */
  void container(ContainerView container) {
    containers.add(container.name());
  }

  /** This value is one that the check forbids. */
  void value(String value) {
    values.add(value);
  }

  /** A field with a value that the check forbids. */
  void field(String path, Object badValue) {
    fields.add(new FieldError(path, badValue));
  }

  /** A field that the check demands is missing here. */
  void missing(String path) {
    fields.add(FieldError.missing(path));
  }

  /** A field whose value, or whose absence, the check forbids. */
  void fieldOrMissing(String path, @Nullable Object badValue) {
    fields.add(new FieldError(path, badValue));
  }

  /** {@return this, with the fields that the other has collected behind its own} */
  ViolationCollector with(ViolationCollector other) {
    fields.addAll(other.fields);
    return this;
  }

  boolean hasContainers() {
    return !containers.isEmpty();
  }

  /** {@return {@code container "a"} or {@code containers "a", "b"}} */
  String containers() {
    return plural(containers.size(), "container") + " " + GoText.joinQuoted(containers);
  }

  /** {@return {@code pod}, the containers, or both joined by and} */
  String setters() {
    if (containers.isEmpty()) {
      return pod ? "pod" : "";
    }
    return pod ? "pod and " + containers() : containers();
  }

  /** {@return the distinct values in byte order} */
  List<String> values() {
    values.sort(GoText.BYTE_ORDER);
    var distinct = new ArrayList<String>(values.size());
    for (String value : values) {
      if (distinct.isEmpty() || !distinct.getLast().equals(value)) {
        distinct.add(value);
      }
    }
    return distinct;
  }

  /** {@return the distinct values in byte order, in double quotes} */
  String quotedValues() {
    return GoText.joinQuoted(values());
  }

  /** {@return the answer with this detail and the fields collected} */
  Explanation explain(String detail) {
    return new Explanation(detail, fields);
  }

  /** {@return the noun, with an s unless there is exactly one} */
  static String plural(int count, String noun) {
    return count == 1 ? noun : noun + "s";
  }

  /** {@return {@code uses} for one, {@code use} for any other number} */
  static String uses(int count) {
    return count == 1 ? "uses" : "use";
  }
}

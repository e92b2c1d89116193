package dev.portcullis.policy;

import java.util.List;

/**
 * All checks' answer for one pod at one level and version.
 *
 * @param violations the checks that object, in the reference's order; none means the pod is allowed
 */
public record Verdict(List<Violation> violations) {
  /** No check objects. */
  public static final Verdict ALLOWED = new Verdict(List.of());

  /** Copies the violations. */
  public Verdict {
    violations = List.copyOf(violations);
  }

  /**
   * A check that objects.
   *
   * @param check the check
   * @param result its objection
   */
  public record Violation(Check check, Forbidden result) {}

  /** {@return whether no check objects} */
  public boolean allowed() {
    return violations.isEmpty();
  }

  /** {@return the reasons alone, joined by commas; empty when allowed} */
  public String reason() {
    if (violations.isEmpty()) {
      return "";
    }
    if (violations.size() == 1) {
      return violations.getFirst().result().reason();
    }
    var out = new StringBuilder(32 * violations.size());
    for (Violation violation : violations) {
      out.append(out.isEmpty() ? "" : ", ").append(violation.result().reason());
    }
    return out.toString();
  }

  /**
   * {@return the reasons, each with its detail in brackets, joined by commas; empty when allowed}
   */
  public String detail() {
    if (violations.isEmpty()) {
      return "";
    }
    int length = 0;
    for (Violation violation : violations) {
      length += violation.result().length() + 2;
    }
    var out = new StringBuilder(length);
    for (Violation violation : violations) {
      out.append(out.isEmpty() ? "" : ", ");
      violation.result().appendTo(out);
    }
    return out.toString();
  }
}

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
    var out = new StringBuilder(violations.getFirst().result().reason());
    for (int i = 1; i < violations.size(); i++) {
      out.append(", ").append(violations.get(i).result().reason());
    }
    return out.toString();
  }

  /**
   * {@return the reasons, each with its detail in brackets, joined by commas; empty when allowed}
   */
  public String detail() {
    var out = new StringBuilder();
    for (Violation violation : violations) {
      out.append(out.isEmpty() ? "" : ", ").append(violation.result());
    }
    return out.toString();
  }
}

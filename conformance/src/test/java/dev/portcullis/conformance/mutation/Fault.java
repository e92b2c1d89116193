package dev.portcullis.conformance.mutation;

import dev.portcullis.policy.Check;

/**
 * A fault in one revision of one check.
 *
 * @param revision which, as {@code id@since}
 * @param name what is wrong
 * @param original the rule as it should be
 * @param faulty the rule as it is; judges what {@code sight} makes of the pod
 * @param sight how the rule sees the pod
 * @param equivalent whether the rule cannot help but answer the same, by construction
 */
record Fault(
    String revision,
    String name,
    Check.Rule original,
    Check.Rule faulty,
    Sight sight,
    boolean equivalent) {
  @Override
  public String toString() {
    return revision + ": " + name;
  }
}

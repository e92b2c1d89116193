package dev.portcullis.policy.remedy;

/**
 * What there is to say of fields that a Windows pod cannot have, demanded by policy versions before
 * v1.25.
 */
final class WindowsPods {
  private WindowsPods() {}

  static Proposal decision(String field) {
    return Proposal.decision(
        "A Windows pod cannot set " + field + ", yet policy versions before v1.25 demand it.",
        "Use the policy version v1.25 or later, which exempts Windows pods.",
        "Run the pod in a namespace of the baseline level.");
  }
}

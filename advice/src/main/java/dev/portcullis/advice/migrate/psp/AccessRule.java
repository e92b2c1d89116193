package dev.portcullis.advice.migrate.psp;

import java.util.List;

/**
 * A rule of a role, as far as it is about using PodSecurityPolicies.
 *
 * @param policies the policies it names; empty for all
 */
public record AccessRule(List<String> policies) {
  /** Copies the list. */
  public AccessRule {
    policies = List.copyOf(policies);
  }

  /** {@return whether it lets this policy be used} */
  public boolean grants(String policy) {
    return policies.isEmpty() || policies.contains(policy);
  }
}

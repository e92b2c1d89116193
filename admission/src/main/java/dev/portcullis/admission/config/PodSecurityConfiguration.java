package dev.portcullis.admission.config;

import dev.portcullis.policy.Policy;

/**
 * What holds for the whole cluster.
 *
 * @param defaults the policy of namespaces whose labels do not say
 * @param exemptions who and what is not judged
 */
public record PodSecurityConfiguration(Policy defaults, Exemptions exemptions) {
  /** Labels alone decide, and nothing is exempt: what holds without a file. */
  public static final PodSecurityConfiguration ALLOW_ALL =
      new PodSecurityConfiguration(Policy.PRIVILEGED, Exemptions.NONE);
}

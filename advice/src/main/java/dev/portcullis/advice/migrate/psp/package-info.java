/**
 * PodSecurityPolicies and what the Pod Security Standards make of them.
 *
 * <p>{@link dev.portcullis.advice.migrate.psp.PolicyReader} reads a {@link
 * dev.portcullis.advice.migrate.psp.PodSecurityPolicy} from a manifest, {@link
 * dev.portcullis.advice.migrate.psp.StandardMapping} compares it with the standards field by field,
 * {@link dev.portcullis.advice.migrate.psp.Mutation} says what it fills in, and {@link
 * dev.portcullis.advice.migrate.psp.PolicyGrants} who may use it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/psp-to-pod-security-standards/">Mapping
 *     PodSecurityPolicies to Pod Security Standards</a>
 */
@NullMarked
package dev.portcullis.advice.migrate.psp;

import org.jspecify.annotations.NullMarked;

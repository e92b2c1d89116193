/**
 * The Pod Security Standards: is this pod allowed at that level and version, and if not, why and
 * where.
 *
 * <p>Start at {@link dev.portcullis.policy.Evaluator}. The checks are in {@code
 * dev.portcullis.policy.checks}, what they see of a pod in {@code dev.portcullis.policy.pod}.
 * {@link dev.portcullis.policy.PolicyLabels} turns the labels of a namespace into its {@link
 * dev.portcullis.policy.Policy}. Everything is immutable and thread-safe; there is no I/O, no clock
 * and no logging.
 */
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;

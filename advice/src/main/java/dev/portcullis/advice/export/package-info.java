/**
 * The engine as ValidatingAdmissionPolicies, which the API server evaluates itself.
 *
 * <p>{@link dev.portcullis.advice.export.PolicyExport} makes the objects of {@link
 * dev.portcullis.advice.export.ExportOptions}. {@code CheckVariables} renders the checks' own
 * expressions ({@link dev.portcullis.policy.CelRule}), {@code LabelVariables} what namespace labels
 * and the configuration come to, {@code PodVariables} what a request is about. {@link
 * dev.portcullis.advice.export.ExportedSet} compares a cluster's objects with what was exported.
 */
@NullMarked
package dev.portcullis.advice.export;

import org.jspecify.annotations.NullMarked;

/**
 * Workloads to results.
 *
 * <p>{@link dev.portcullis.report.WorkloadEvaluator} judges a workload by the policy that {@link
 * dev.portcullis.report.PolicyChoice} finds for it; {@link dev.portcullis.report.Report} holds
 * every {@link dev.portcullis.report.Result} of a run. {@link dev.portcullis.report.Baseline} marks
 * the violations that were recorded before. The formats are in {@code
 * dev.portcullis.report.format}.
 */
@NullMarked
package dev.portcullis.report;

import org.jspecify.annotations.NullMarked;

/**
 * What {@code check} found, and the forms it is told in.
 *
 * <p>{@link dev.portcullis.report.Report} is the whole of it, plain records all the way down. Each
 * {@link dev.portcullis.report.Renderer} turns it into one format: {@link
 * dev.portcullis.report.TextReport} for people, {@link dev.portcullis.report.JsonReport}, {@link
 * dev.portcullis.report.SarifReport}, {@link dev.portcullis.report.JUnitReport}, {@link
 * dev.portcullis.report.GitHubReport} and {@link dev.portcullis.report.MarkdownReport} for machines
 * and reviews. {@link dev.portcullis.report.Baseline} marks what was known before.
 */
@NullMarked
package dev.portcullis.report;

import org.jspecify.annotations.NullMarked;

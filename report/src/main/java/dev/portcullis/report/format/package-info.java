/**
 * The formats of a report, one a file: each {@link dev.portcullis.report.format.Renderer} writes
 * one.
 *
 * <p>{@link dev.portcullis.report.format.TextReport} is for terminals, {@link
 * dev.portcullis.report.format.MarkdownReport} for reviews, {@link
 * dev.portcullis.report.format.JsonReport}, {@link dev.portcullis.report.format.SarifReport},
 * {@link dev.portcullis.report.format.JUnitReport} and {@link
 * dev.portcullis.report.format.GitHubReport} for machines.
 */
@NullMarked
package dev.portcullis.report.format;

import org.jspecify.annotations.NullMarked;

/**
 * Repairs manifests: plans remedies, edits the text, and tells what it did and what is left to
 * decide.
 *
 * <p>{@link dev.portcullis.advice.fix.Fixer} does one file and touches nothing but memory; {@link
 * dev.portcullis.advice.fix.UnifiedDiff} and {@link dev.portcullis.advice.fix.FixText} tell it to
 * people; {@link dev.portcullis.report.AtomicFile} writes.
 */
@NullMarked
package dev.portcullis.advice.fix;

import org.jspecify.annotations.NullMarked;

/**
 * Repairs manifests: plans remedies, edits the text, and tells what it did and what is left to
 * decide.
 *
 * <p>{@link dev.portcullis.fix.Fixer} does one file and touches nothing but memory; {@link
 * dev.portcullis.fix.UnifiedDiff} and {@link dev.portcullis.fix.FixText} tell it to people; {@link
 * dev.portcullis.fix.AtomicFile} writes.
 */
@NullMarked
package dev.portcullis.fix;

import org.jspecify.annotations.NullMarked;

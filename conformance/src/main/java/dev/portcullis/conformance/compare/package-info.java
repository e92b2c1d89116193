/**
 * Both sides asked the same questions.
 *
 * <p>A {@link dev.portcullis.conformance.compare.Kind} makes batches of questions; {@link
 * dev.portcullis.conformance.compare.Phase} splits them over lanes, each with its own {@link
 * dev.portcullis.conformance.compare.Oracle}, while {@link dev.portcullis.conformance.compare.Ours}
 * answers the same bytes. {@link dev.portcullis.conformance.compare.Deviations} is the one place
 * that knows which differences are meant. What else differs is made small by {@link
 * dev.portcullis.conformance.compare.Shrinker}.
 */
@NullMarked
package dev.portcullis.conformance.compare;

import org.jspecify.annotations.NullMarked;

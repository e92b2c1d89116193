/**
 * Small changes to a manifest's text that leave everything else as it was: comments, order, quotes,
 * indentation, anchors, line ends.
 *
 * <p>{@link dev.portcullis.manifests.edit.ManifestEditor} applies one {@link
 * dev.portcullis.policy.remedy.Edit} and proves that the text then means what it should, and
 * nothing else has changed.
 */
@NullMarked
package dev.portcullis.manifests.edit;

import org.jspecify.annotations.NullMarked;

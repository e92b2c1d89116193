/**
 * What every Kubernetes object says of itself, read as the reference's decoders read it: {@link
 * dev.portcullis.admission.wire.TypeMeta}, the {@link dev.portcullis.admission.wire.ObjectKind} it
 * comes to, and the {@link dev.portcullis.admission.wire.KnownKinds} of the webhook. Not for use
 * outside of this module.
 */
@NullMarked
package dev.portcullis.admission.wire;

import org.jspecify.annotations.NullMarked;

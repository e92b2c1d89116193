/**
 * A validating JSON cursor over bytes, for decoders that want a few fields of a large document.
 *
 * <p>{@link dev.portcullis.policy.json.JsonCursor} walks; {@link
 * dev.portcullis.policy.json.JsonNames} are the member names to look for; {@link
 * dev.portcullis.policy.json.JsonLimits} bound what is accepted; a {@link
 * dev.portcullis.policy.json.JsonException} says where the document is wrong. Nothing here knows
 * Kubernetes.
 */
@NullMarked
package dev.portcullis.policy.json;

import org.jspecify.annotations.NullMarked;

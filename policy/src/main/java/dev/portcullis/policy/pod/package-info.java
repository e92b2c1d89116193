/**
 * What checks and admission read of a pod, and the decoder that gets it out of JSON in one pass.
 *
 * <p>{@link dev.portcullis.policy.pod.PodView} is the pod; {@link
 * dev.portcullis.policy.pod.PodDecoder} makes it. Where the API distinguishes "not set" from the
 * zero value, a component is nullable; where it does not, absent is zero.
 */
@NullMarked
package dev.portcullis.policy.pod;

import org.jspecify.annotations.NullMarked;

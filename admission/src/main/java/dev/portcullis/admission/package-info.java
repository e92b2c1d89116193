/**
 * An admission request to its answer, as the reference's {@code admission} package decides it; no
 * I/O, no HTTP.
 *
 * <p>{@link dev.portcullis.admission.Admission} is the one entrance. What it needs of a cluster it
 * asks of three ports: {@link dev.portcullis.admission.NamespaceGetter}, {@link
 * dev.portcullis.admission.PodLister} and {@link dev.portcullis.admission.Recorder}. Its
 * configuration comes from {@code dev.portcullis.admission.config}, and {@code
 * dev.portcullis.admission.review} reads requests from the wire and writes answers to it.
 */
@NullMarked
package dev.portcullis.admission;

import org.jspecify.annotations.NullMarked;

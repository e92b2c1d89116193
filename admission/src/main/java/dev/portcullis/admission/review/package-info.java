/**
 * AdmissionReview v1 on the wire: {@link dev.portcullis.admission.review.ReviewDecoder} reads the
 * request, {@link dev.portcullis.admission.review.ReviewEncoder} writes the answer.
 */
@NullMarked
package dev.portcullis.admission.review;

import org.jspecify.annotations.NullMarked;

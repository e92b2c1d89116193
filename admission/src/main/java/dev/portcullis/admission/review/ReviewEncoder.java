package dev.portcullis.admission.review;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;

/** Writes AdmissionReviews v1 with an answer, without the request echoed. */
public final class ReviewEncoder {
  private ReviewEncoder() {}

  /** {@return the review that answers {@code request}, as one line of JSON with its newline} */
  public static byte[] encode(AdmissionRequest request, AdmissionResponse response) {
    throw new UnsupportedOperationException("not yet: " + request + response);
  }

  /** {@return {@code {"uid", "response"}} as one line of JSON without a newline} */
  public static String encodeLine(AdmissionRequest request, AdmissionResponse response) {
    throw new UnsupportedOperationException("not yet: " + request + response);
  }
}

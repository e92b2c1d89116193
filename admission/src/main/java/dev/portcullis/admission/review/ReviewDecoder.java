package dev.portcullis.admission.review;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;

/** Reads AdmissionReviews v1: JSON in one pass, with the objects left as slices of the body; else YAML. */
public final class ReviewDecoder {
  private ReviewDecoder() {}

  /** {@return the request in this body}, bounded by {@link JsonLimits#STANDARD} */
  public static AdmissionRequest decode(JsonSlice body) throws ReviewException {
    return decode(body, JsonLimits.STANDARD);
  }

  /** {@return the request in this body} */
  public static AdmissionRequest decode(JsonSlice body, JsonLimits limits) throws ReviewException {
    throw new ReviewException(ReviewException.Kind.UNDECODABLE, "unable to decode the request", "not yet" + body + limits);
  }
}

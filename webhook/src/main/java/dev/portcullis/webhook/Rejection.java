package dev.portcullis.webhook;

import java.util.Locale;

/** Why a request or connection was not answered with a review, and what it was answered instead. */
enum Rejection {
  EMPTY_BODY(400, "request body is empty"),
  BODY_TOO_LARGE(413, "request entity is too large; limit is " + Limits.BODY_BYTES + " bytes"),
  CONTENT_TYPE(400, "unable to process a request with a non-json content type"),
  UNDECODABLE(400, "unable to decode the request"),
  UNEXPECTED_KIND(400, "unexpected AdmissionReview kind"),
  NO_REQUEST(400, "the AdmissionReview has no request"),
  HEADER_TOO_LARGE(431, "request header is too large"),
  TARGET_TOO_LONG(414, "request target is too long"),
  MALFORMED(400, "malformed HTTP request"),
  SLOW(408, "the request took too long to arrive"),
  OVERLOADED(503, "too many requests are under way; try again"),
  INTERNAL(500, "internal server error"),
  /** The client went away before its request was complete. */
  ABORTED(0, ""),
  /** Closed at once: too many are open. */
  CONNECTION_LIMIT(0, ""),
  /** No TLS, no common version, no client certificate, or too slow. */
  HANDSHAKE(0, "");

  private final int status;
  private final String text;

  Rejection(int status, String text) {
    this.status = status;
    this.text = text;
  }

  int status() {
    return status;
  }

  String text() {
    return text;
  }

  /** {@return the value of the metric's label} */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.portcullis.admission.review;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.review.ReviewException.Kind;
import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.admission.wire.KnownKinds;
import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.admission.wire.TypeMeta;
import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.manifests.yaml.YamlToJson;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;

/** Reads AdmissionReviews v1 in one pass, pods and what makes them decoded by the way. */
public final class ReviewDecoder {
  private static final JsonNames ROOT = JsonNames.of("kind", "apiVersion", "request", "response");
  private static final JsonNames TYPES = JsonNames.of("AdmissionReview", "admission.k8s.io/v1", "");
  private static final ObjectKind REVIEW =
      new ObjectKind("admission.k8s.io", "v1", "AdmissionReview");

  private ReviewDecoder() {}

  /**
   * {@return the request in this body, which is JSON}, bounded by {@link JsonLimits#STANDARD}: for
   * bodies from a network. API servers send JSON, and what YAML comes to is not bounded by its
   * size.
   */
  public static AdmissionRequest decodeJson(JsonSlice body) throws ReviewException {
    JsonLimits limits = JsonLimits.STANDARD;
    requireSize(body, limits);
    return json(body, limits);
  }

  /**
   * {@return the request in this body, JSON or YAML}, bounded by {@link JsonLimits#STANDARD}: for
   * files
   */
  public static AdmissionRequest decode(JsonSlice body) throws ReviewException {
    return decode(body, JsonLimits.STANDARD);
  }

  /** {@return the request in this body, JSON or YAML} */
  public static AdmissionRequest decode(JsonSlice body, JsonLimits limits) throws ReviewException {
    requireSize(body, limits);
    if (startsWithBrace(body)) {
      return json(body, limits);
    }
    try {
      return json(JsonSlice.of(YamlToJson.convert(body.copy())), limits);
    } catch (YamlException e) {
      throw undecodable(String.valueOf(e.getMessage()));
    }
  }

  private static void requireSize(JsonSlice body, JsonLimits limits) throws ReviewException {
    if (body.length() > limits.maxBytes()) {
      throw undecodable(
          "the body has " + body.length() + " bytes, the limit is " + limits.maxBytes());
    }
  }

  private static AdmissionRequest json(JsonSlice body, JsonLimits limits) throws ReviewException {
    var request = new RequestDraft();
    boolean certain;
    try {
      certain = read(body, limits, request);
    } catch (JsonException e) {
      requireReview(body, limits);
      throw undecodable(String.valueOf(e.getMessage()));
    }
    if (!certain) {
      requireReview(body, limits);
    }
    return request.finish();
  }

  /**
   * {@return whether the body is certainly a review}, going by the usual names of its members;
   * reads the request.
   */
  private static boolean read(JsonSlice body, JsonLimits limits, RequestDraft request)
      throws JsonException {
    var in = new JsonCursor(body, limits);
    String kind = "";
    String apiVersion = "";
    boolean usual = true;
    if (in.readNull()) {
      in.end();
      return true;
    }
    in.beginObject();
    int name;
    while ((name = in.nextName(ROOT)) != JsonCursor.END) {
      switch (name) {
        case 0 -> kind = in.readNull() ? kind : in.readString(TYPES);
        case 1 -> apiVersion = in.readNull() ? apiVersion : in.readString(TYPES);
        case 2 -> request.read(in);
        case 3 -> ResponseShape.check(in);
        default -> {
          // It may be "Kind", which counts.
          usual = false;
          in.skipValue();
        }
      }
    }
    in.end();
    return usual
        && (kind.isEmpty() || kind.equals(REVIEW.kind()))
        && (apiVersion.isEmpty() || apiVersion.equals(REVIEW.apiVersion()));
  }

  private static void requireReview(JsonSlice body, JsonLimits limits) throws ReviewException {
    ObjectKind kind = kind(body, limits);
    if (!kind.equals(REVIEW)) {
      String message = "unexpected AdmissionReview kind: " + kind;
      throw new ReviewException(Kind.UNEXPECTED_KIND, message, message);
    }
  }

  private static ObjectKind kind(JsonSlice body, JsonLimits limits) throws ReviewException {
    try {
      return TypeMeta.read(body, limits)
          .resolve(REVIEW, KnownKinds::contains, KnownKinds.SCHEME, body);
    } catch (DecodeException e) {
      throw undecodable(e.problem());
    }
  }

  private static boolean startsWithBrace(JsonSlice body) {
    for (int i = body.offset(); i < body.offset() + body.length(); i++) {
      byte c = body.bytes()[i];
      boolean blank = c == ' ' || (c >= '\t' && c <= '\r');
      if (!blank) {
        return c == '{';
      }
    }
    return false;
  }

  private static ReviewException undecodable(String detail) {
    return new ReviewException(Kind.UNDECODABLE, "unable to decode the request", detail);
  }
}

package dev.portcullis.admission.review;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Status;
import dev.portcullis.policy.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes AdmissionReviews v1 with an answer, without the request echoed. */
public final class ReviewEncoder {
  private static final String HEAD =
      "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":";

  private ReviewEncoder() {}

  /** {@return the review that answers {@code request}, as one line of JSON with its newline} */
  public static byte[] encode(AdmissionRequest request, AdmissionResponse response) {
    var out = new StringBuilder(room(response)).append(HEAD);
    appendResponse(out, request, response);
    return out.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@return {@code {"uid", "response"}} as one line of JSON without a newline} */
  public static String encodeLine(AdmissionRequest request, AdmissionResponse response) {
    var out = new StringBuilder(room(response)).append("{\"uid\":");
    JsonText.appendQuoted(out, request.uid());
    out.append(",\"response\":");
    appendResponse(out, request, response);
    return out.append('}').toString();
  }

  /** {@return how many characters the answer has, nearly always at most} */
  private static int room(AdmissionResponse response) {
    int texts = 0;
    Status status = response.status();
    if (status != null) {
      texts += 256 + status.message().length();
    }
    for (String annotation : response.auditAnnotations().values()) {
      texts += 64 + annotation.length();
    }
    for (String warning : response.warnings()) {
      texts += 8 + warning.length();
    }
    return 256 + texts + texts / 8;
  }

  private static void appendResponse(
      StringBuilder out, AdmissionRequest request, AdmissionResponse response) {
    out.append("{\"uid\":");
    JsonText.appendQuoted(out, request.uid());
    out.append(",\"allowed\":").append(response.allowed());
    Status status = response.status();
    if (status != null) {
      appendStatus(out, status);
    }
    if (response.patch() != null) {
      byte[] patch = response.patch().getBytes(StandardCharsets.UTF_8);
      out.append(",\"patch\":\"").append(Base64.getEncoder().encodeToString(patch));
      out.append("\",\"patchType\":\"JSONPatch\"");
    }
    if (!response.auditAnnotations().isEmpty()) {
      appendAnnotations(out, response.auditAnnotations());
    }
    if (!response.warnings().isEmpty()) {
      appendWarnings(out, response.warnings());
    }
    out.append('}');
  }

  private static void appendStatus(StringBuilder out, Status status) {
    out.append(",\"status\":{\"metadata\":{},\"status\":\"Failure\",\"message\":");
    JsonText.appendQuoted(out, status.message());
    out.append(",\"reason\":");
    JsonText.appendQuoted(out, status.reason());
    Status.Details details = status.details();
    if (details != null) {
      out.append(",\"details\":{");
      int empty = out.length();
      appendMember(out, empty, "name", details.name());
      appendMember(out, empty, "group", details.group());
      appendMember(out, empty, "kind", details.kind());
      appendCauses(out, empty, details.causes());
      out.append('}');
    }
    out.append(",\"code\":").append(status.code()).append('}');
  }

  private static void appendCauses(StringBuilder out, int empty, List<Status.Cause> causes) {
    if (causes.isEmpty()) {
      return;
    }
    out.append(out.length() == empty ? "\"causes\":[" : ",\"causes\":[");
    for (int i = 0; i < causes.size(); i++) {
      Status.Cause cause = causes.get(i);
      out.append(i == 0 ? "{" : ",{");
      int start = out.length();
      appendMember(out, start, "reason", cause.reason());
      appendMember(out, start, "message", cause.message());
      appendMember(out, start, "field", cause.field());
      out.append('}');
    }
    out.append(']');
  }

  /**
   * Appends a member unless it is empty, behind a comma unless the object is still as long as at
   * {@code empty}.
   */
  private static void appendMember(StringBuilder out, int empty, String name, String value) {
    if (!value.isEmpty()) {
      out.append(out.length() == empty ? "\"" : ",\"").append(name).append("\":");
      JsonText.appendQuoted(out, value);
    }
  }

  private static void appendAnnotations(StringBuilder out, Map<String, String> annotations) {
    String[] keys = annotations.keySet().toArray(String[]::new);
    Arrays.sort(keys);
    out.append(",\"auditAnnotations\":{");
    for (int i = 0; i < keys.length; i++) {
      String value = annotations.get(keys[i]);
      out.append(i == 0 ? "" : ",");
      JsonText.appendQuoted(out, keys[i]);
      out.append(':');
      JsonText.appendQuoted(out, value == null ? "" : value);
    }
    out.append('}');
  }

  private static void appendWarnings(StringBuilder out, List<String> warnings) {
    out.append(",\"warnings\":[");
    for (int i = 0; i < warnings.size(); i++) {
      out.append(i == 0 ? "" : ",");
      JsonText.appendQuoted(out, warnings.get(i));
    }
    out.append(']');
  }
}

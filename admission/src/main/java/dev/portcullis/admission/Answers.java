package dev.portcullis.admission;

import dev.portcullis.policy.GoText;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.PolicyLabels.LabelError;
import dev.portcullis.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The answers that do not depend on a verdict, and the words of those that do. */
final class Answers {
  static final String EXEMPT = "exempt";
  static final String ENFORCE_POLICY = "enforce-policy";
  static final String AUDIT_VIOLATIONS = "audit-violations";
  static final String ERROR = "error";

  private Answers() {}

  static AdmissionResponse allowedWith(String annotation, String value) {
    return new AdmissionResponse(true, null, Map.of(annotation, value), List.of());
  }

  static AdmissionResponse allowedWarning(List<String> warnings) {
    return warnings.isEmpty()
        ? AdmissionResponse.ALLOWED
        : new AdmissionResponse(true, null, Map.of(), warnings);
  }

  static AdmissionResponse badRequest(String message) {
    return refused(new Status(400, "BadRequest", message, null), message);
  }

  static AdmissionResponse badRequest(String message, String cause) {
    return refused(new Status(400, "BadRequest", message, null), message + ": " + cause);
  }

  static AdmissionResponse internal(String problem, String cause) {
    String message = "Internal error occurred: " + problem;
    var causes = List.of(new Status.Cause("", problem, ""));
    var status = new Status(500, "InternalError", message, new Status.Details("", "", "", causes));
    return refused(status, message + ": " + cause);
  }

  private static AdmissionResponse refused(Status status, String error) {
    return new AdmissionResponse(false, status, Map.of(ERROR, error), List.of());
  }

  static Status forbidden(AdmissionRequest request, String text) {
    String group = request.resourceGroup();
    String resource = group.isEmpty() ? request.resource() : request.resource() + "." + group;
    String name = request.name().isEmpty() ? "" : " " + GoText.quote(request.name());
    var details = new Status.Details(request.name(), group, request.resource(), List.of());
    return new Status(403, "Forbidden", resource + name + " is forbidden: " + text, details);
  }

  static AdmissionResponse invalid(AdmissionRequest request, List<LabelError> errors) {
    String group = request.kindGroup();
    String kind = group.isEmpty() ? request.kind() : request.kind() + "." + group;
    var causes = new ArrayList<Status.Cause>(errors.size());
    for (LabelError error : errors) {
      causes.add(new Status.Cause("FieldValueInvalid", error.problem(), error.field()));
    }
    String message =
        kind
            + " "
            + GoText.quote(request.name())
            + " is invalid: "
            + PolicyLabels.aggregate(errors);
    var details = new Status.Details(request.name(), group, request.kind(), causes);
    return new AdmissionResponse(
        false, new Status(422, "Invalid", message, details), Map.of(), List.of());
  }

  static String violates(String violation) {
    return "violates " + violation;
  }

  static String wouldViolate(String violation) {
    return "would violate " + violation;
  }

  /** {@return what the verdict is about, and what it says} */
  static String violation(LevelVersion at, Verdict verdict) {
    return "PodSecurity " + GoText.quote(at.toString()) + ": " + verdict.detail();
  }

  static String lookupFailed(String namespace) {
    return "failed to lookup namespace " + GoText.quote(namespace);
  }
}

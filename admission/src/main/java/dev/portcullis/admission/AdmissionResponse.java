package dev.portcullis.admission;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request. It has no uid: whoever writes it takes the request's.
 *
 * @param allowed whether the request may go on
 * @param status why not; null when allowed
 * @param auditAnnotations what to note in the audit event, under bare keys
 * @param warnings what to tell the user
 * @param patch the JSON Patch to apply to the object; null for none
 */
public record AdmissionResponse(
    boolean allowed,
    @Nullable Status status,
    Map<String, String> auditAnnotations,
    List<String> warnings,
    @Nullable String patch) {
  /** Allowed, and nothing to say. */
  public static final AdmissionResponse ALLOWED =
      new AdmissionResponse(true, null, Map.of(), List.of());

  /** Copies map and list. */
  public AdmissionResponse {
    auditAnnotations = Map.copyOf(auditAnnotations);
    warnings = List.copyOf(warnings);
  }

  /** An answer without a patch. */
  public AdmissionResponse(
      boolean allowed,
      @Nullable Status status,
      Map<String, String> auditAnnotations,
      List<String> warnings) {
    this(allowed, status, auditAnnotations, warnings, null);
  }
}

package dev.portcullis.admission;

import dev.portcullis.policy.UntrustedText;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** Copies map and list, and cuts texts past {@link UntrustedText#MAX_ANSWER}. */
  public AdmissionResponse {
    auditAnnotations = bounded(auditAnnotations);
    warnings = bounded(warnings);
  }

  private static Map<String, String> bounded(Map<String, String> annotations) {
    for (String value : annotations.values()) {
      if (value.length() > UntrustedText.MAX_ANSWER) {
        var cut = new HashMap<>(annotations);
        cut.replaceAll((key, text) -> UntrustedText.cut(text, UntrustedText.MAX_ANSWER));
        return Map.copyOf(cut);
      }
    }
    return Map.copyOf(annotations);
  }

  /** All warnings together are one answer's text. */
  private static List<String> bounded(List<String> warnings) {
    int room = UntrustedText.MAX_ANSWER;
    for (int i = 0; i < warnings.size(); i++) {
      room -= warnings.get(i).length();
      if (room < 0) {
        var cut = new ArrayList<>(warnings.subList(0, i));
        cut.add(UntrustedText.cut(warnings.get(i), warnings.get(i).length() + room));
        if (i + 1 < warnings.size()) {
          cut.add("... (" + (warnings.size() - i - 1) + " more warnings)");
        }
        return List.copyOf(cut);
      }
    }
    return List.copyOf(warnings);
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

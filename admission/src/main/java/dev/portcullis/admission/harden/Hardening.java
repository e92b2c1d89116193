package dev.portcullis.admission.harden;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.RequestObject;
import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.remedy.Edit;
import dev.portcullis.policy.remedy.Plan;
import dev.portcullis.policy.remedy.Remedies;
import dev.portcullis.policy.remedy.Remedy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Answers mutating requests: pods that are created get hardened values where they leave a field
 * unset and their namespace asks for it. Every answer allows the request. Immutable and
 * thread-safe.
 *
 * <p>A patch only ever adds what no check objects to, so validation cannot deny for it what it
 * would have allowed; and a pod that has been hardened gets no second patch.
 */
public final class Hardening {
  /**
   * The annotation of a hardened pod: the checks for which fields were set, with commas between.
   */
  public static final String ANNOTATION = "portcullis.dev/hardened";

  /** The longest patch, in characters; hundreds of containers take a tenth of it. */
  private static final int MAX_PATCH = 1 << 20;

  private static final String AUDIT = "hardened";
  private static final String AUDIT_ERROR = "error";

  private final Remedies remedies;
  private final HardenOrder defaults;
  private final NamespaceGetter namespaces;

  /**
   * Wires the parts.
   *
   * @param defaults what holds where a namespace has no label
   */
  public Hardening(Evaluator evaluator, HardenOrder defaults, NamespaceGetter namespaces) {
    this.remedies = Remedies.of(evaluator);
    this.defaults = defaults;
    this.namespaces = namespaces;
  }

  /** {@return whether {@link #harden} may wait for a namespace that is not in memory} */
  public boolean mayBlock(AdmissionRequest request, Exemptions exemptions) {
    return concerns(request, exemptions) && namespaces.lookUpMayBlock(request.namespace());
  }

  /**
   * {@return the answer, which always allows}; never throws, whatever the request holds.
   *
   * @param exemptions who and what is left alone, as in validation
   * @param deadline bounds the look-up of the namespace
   */
  public AdmissionResponse harden(
      AdmissionRequest request, Exemptions exemptions, Deadline deadline) {
    if (!concerns(request, exemptions)) {
      return AdmissionResponse.ALLOWED;
    }
    return switch (namespaces.lookUp(request.namespace(), deadline)) {
      case Lookup.Failed failed -> noted(AUDIT_ERROR, "not hardened: " + failed.message());
      case Lookup.Found found -> {
        var resolution = HardenOrder.SOURCE.resolve(found.labels(), defaults);
        yield resolution.errors().isEmpty()
            ? harden(request, resolution.order(), exemptions)
            : new AdmissionResponse(
                true,
                null,
                Map.of(AUDIT_ERROR, "not hardened: " + String.join("; ", resolution.errors())),
                resolution.errors().stream().map(error -> "pod not hardened: " + error).toList());
      }
    };
  }

  private static boolean concerns(AdmissionRequest request, Exemptions exemptions) {
    return request.isPod()
        && request.operation().equals("CREATE")
        && request.subResource().isEmpty()
        && !request.namespace().isEmpty()
        && !exemptions.namespace(request.namespace())
        && !exemptions.user(request.userName());
  }

  private AdmissionResponse harden(
      AdmissionRequest request, HardenOrder order, Exemptions exemptions) {
    if (order.at().level() == Level.PRIVILEGED) {
      return AdmissionResponse.ALLOWED;
    }
    try {
      PodView pod = pod(request.object());
      if (exemptions.runtimeClass(pod.runtimeClassName())) {
        return AdmissionResponse.ALLOWED;
      }
      Plan plan = remedies.additions(order.at(), pod, order.most());
      return plan.applied().isEmpty()
          ? AdmissionResponse.ALLOWED
          : patched(plan, PodNotes.of(request.object().json()), order);
    } catch (JsonException undecodable) {
      // Validation says what is wrong with it.
      return noted(AUDIT_ERROR, "not hardened: failed to decode pod");
    }
  }

  private static PodView pod(RequestObject object) throws JsonException {
    PodView read = object.pod();
    return read != null ? read : PodDecoder.decode(object.json(), JsonLimits.STANDARD);
  }

  private static AdmissionResponse patched(Plan plan, PodNotes notes, HardenOrder order) {
    var checks = new LinkedHashSet<String>();
    var patch = new StringBuilder(512).append('[');
    for (Remedy remedy : plan.applied()) {
      checks.add(remedy.check());
      for (Edit edit : remedy.edits()) {
        if (patch.length() > 1) {
          patch.append(',');
        }
        edit.appendTo(patch);
        if (patch.length() > MAX_PATCH) {
          return noted(
              AUDIT_ERROR,
              "not hardened: the patch would have more than " + MAX_PATCH + " characters");
        }
      }
    }
    String names = String.join(",", checks);
    notes.append(patch, names);
    List<String> warnings =
        order.warn()
            ? List.of("pod hardened to " + order.at() + ": " + names.replace(",", ", "))
            : List.of();
    return new AdmissionResponse(
        true, null, Map.of(AUDIT, names), warnings, patch.append(']').toString());
  }

  private static AdmissionResponse noted(String key, String text) {
    return new AdmissionResponse(true, null, Map.of(key, text), List.of());
  }
}

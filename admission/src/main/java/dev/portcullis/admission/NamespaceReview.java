package dev.portcullis.admission;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Requests for namespaces: labels must be valid, and a stricter level warns of the pods that
 * violate it.
 */
final class NamespaceReview {
  private final PodSecurityConfiguration configuration;
  private final ExistingPods existingPods;

  NamespaceReview(PodSecurityConfiguration configuration, ExistingPods existingPods) {
    this.configuration = configuration;
    this.existingPods = existingPods;
  }

  AdmissionResponse review(AdmissionRequest request, Deadline deadline) {
    if (!request.subResource().isEmpty()) {
      return AdmissionResponse.ALLOWED;
    }
    return switch (ObjectDecoder.decode(request.object(), request)) {
      case Decoded.Undecodable fault ->
          Answers.badRequest("failed to decode object", fault.problem());
      case Decoded.Namespace namespace -> review(request, namespace, deadline);
      case Decoded.Nothing nothing -> Answers.badRequest("failed to decode namespace");
      case Decoded.Pod other -> Answers.badRequest("failed to decode namespace");
      case Decoded.Controller other -> Answers.badRequest("failed to decode namespace");
      case Decoded.Other other -> Answers.badRequest("failed to decode namespace");
    };
  }

  private AdmissionResponse review(
      AdmissionRequest request, Decoded.Namespace namespace, Deadline deadline) {
    return switch (request.operation()) {
      case "CREATE" -> create(request, namespace);
      case "UPDATE" -> update(request, namespace, deadline);
      default -> AdmissionResponse.ALLOWED;
    };
  }

  private AdmissionResponse create(AdmissionRequest request, Decoded.Namespace namespace) {
    var labels = resolve(namespace);
    if (!labels.errors().isEmpty()) {
      return Answers.invalid(request, labels.errors());
    }
    return exempt(request) ? exemptWarning(namespace, labels.policy()) : AdmissionResponse.ALLOWED;
  }

  private AdmissionResponse update(
      AdmissionRequest request, Decoded.Namespace namespace, Deadline deadline) {
    // Two blanks before "old": the reference's words.
    return switch (ObjectDecoder.decode(request.oldObject(), request)) {
      case Decoded.Undecodable fault ->
          Answers.badRequest("failed to decode  old object", fault.problem());
      case Decoded.Namespace old -> change(request, old, namespace, deadline);
      case Decoded.Nothing nothing -> Answers.badRequest("failed to decode  old namespace");
      case Decoded.Pod other -> Answers.badRequest("failed to decode  old namespace");
      case Decoded.Controller other -> Answers.badRequest("failed to decode  old namespace");
      case Decoded.Other other -> Answers.badRequest("failed to decode  old namespace");
    };
  }

  private AdmissionResponse change(
      AdmissionRequest request,
      Decoded.Namespace before,
      Decoded.Namespace after,
      Deadline deadline) {
    var old = resolve(before);
    var now = resolve(after);
    // Labels that were broken before may stay as they are, or no broken namespace could be changed
    // at all.
    if (!now.errors().isEmpty() && !now.errors().equals(old.errors())) {
      return Answers.invalid(request, now.errors());
    }
    if (allowsNoLess(old.policy().enforce(), now.policy().enforce())) {
      return AdmissionResponse.ALLOWED;
    }
    if (exempt(request)) {
      return exemptWarning(after, now.policy());
    }
    if (after.name().isEmpty()) {
      // The pods of no namespace in particular are those of all.
      return Answers.badRequest("the namespace has no name");
    }
    return Answers.allowedWarning(
        existingPods.warnings(after.name(), now.policy().enforce(), deadline));
  }

  private static boolean allowsNoLess(LevelVersion before, LevelVersion after) {
    return after.equals(before)
        || after.level() == Level.PRIVILEGED
        || (after.version().equals(before.version())
            && !after.level().stricterThan(before.level()));
  }

  private boolean exempt(AdmissionRequest request) {
    return configuration.exemptions().namespace(request.namespace());
  }

  private PolicyLabels.Resolution resolve(Decoded.Namespace namespace) {
    return NamespacePolicySource.POD_SECURITY.resolve(namespace.labels(), configuration.defaults());
  }

  private AdmissionResponse exemptWarning(Decoded.Namespace namespace, Policy policy) {
    if (policy.fullyPrivileged() || policy.equivalentTo(configuration.defaults())) {
      return AdmissionResponse.ALLOWED;
    }
    String warning =
        "namespace "
            + GoText.quote(namespace.name())
            + " is exempt from Pod Security, and the policy ("
            + labelled(namespace.labels(), policy)
            + ") will be ignored";
    return Answers.allowedWarning(List.of(warning));
  }

  /** The modes that the labels, and not only the defaults, make demand something. */
  private static String labelled(Map<String, String> labels, Policy policy) {
    var modes = new ArrayList<String>(3);
    for (Mode mode : Mode.values()) {
      LevelVersion at = policy.at(mode);
      boolean labelled =
          labels.containsKey(PolicyLabels.level(mode))
              || labels.containsKey(PolicyLabels.version(mode));
      if (labelled && at.level() != Level.PRIVILEGED) {
        modes.add(mode + "=" + at);
      }
    }
    return String.join(", ", modes);
  }
}

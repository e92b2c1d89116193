package dev.portcullis.admission;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.PolicyLabels;
import org.jspecify.annotations.Nullable;

/** Whether a request is judged at all, and by which policy. */
final class Scope {
  private final PodSecurityConfiguration configuration;
  private final NamespaceGetter namespaces;

  Scope(PodSecurityConfiguration configuration, NamespaceGetter namespaces) {
    this.configuration = configuration;
    this.namespaces = namespaces;
  }

  /** {@return the answer for an exempt namespace or user, null when neither is} */
  @Nullable AdmissionResponse exempt(AdmissionRequest request) {
    if (configuration.exemptions().namespace(request.namespace())) {
      return Answers.allowedWith(Answers.EXEMPT, "namespace");
    }
    if (configuration.exemptions().user(request.userName())) {
      return Answers.allowedWith(Answers.EXEMPT, "user");
    }
    return null;
  }

  Lookup lookUp(String namespace, Deadline deadline) {
    return namespaces.lookUp(namespace, deadline);
  }

  boolean lookUpMayBlock(AdmissionRequest request) {
    return !configuration.exemptions().namespace(request.namespace())
        && !configuration.exemptions().user(request.userName())
        && namespaces.lookUpMayBlock(request.namespace());
  }

  PolicyLabels.Resolution policy(Lookup.Found namespace) {
    return namespace.policy(configuration.defaults());
  }
}

package dev.portcullis.admission;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.Evaluator;

/** Answers admission requests by the Pod Security Standards. Immutable and thread-safe. */
public final class Admission {
  private final Evaluator evaluator;
  private final PodSecurityConfiguration configuration;
  private final NamespaceGetter namespaces;
  private final PodLister pods;
  private final Recorder recorder;

  /** Wires the parts. */
  public Admission(
      Evaluator evaluator,
      PodSecurityConfiguration configuration,
      NamespaceGetter namespaces,
      PodLister pods,
      Recorder recorder) {
    this.evaluator = evaluator;
    this.configuration = configuration;
    this.namespaces = namespaces;
    this.pods = pods;
    this.recorder = recorder;
  }

  /** {@return the answer}; never throws, whatever the request holds. The deadline bounds look-ups and lists. */
  public AdmissionResponse review(AdmissionRequest request, Deadline deadline) {
    throw new UnsupportedOperationException(
        "not yet: " + evaluator + configuration + namespaces + pods + recorder + request + deadline);
  }

  /**
   * {@return whether {@link #review} may wait}: for a namespace that is not in memory, or for the pods of a namespace that
   * becomes stricter
   */
  public boolean mayBlock(AdmissionRequest request) {
    return request.isNamespace() ? request.isUpdate() : !namespaces.answersAtOnce(request.namespace());
  }
}

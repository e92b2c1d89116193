package dev.portcullis.admission;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.Evaluator;

/** Answers admission requests by the Pod Security Standards. Immutable and thread-safe. */
public final class Admission {
  private final Scope scope;
  private final NamespaceReview namespaceReview;
  private final PodReview podReview;
  private final ControllerReview controllerReview;

  /** Wires the parts; pods that violate a stricter level are named. */
  public Admission(
      Evaluator evaluator,
      PodSecurityConfiguration configuration,
      NamespaceGetter namespaces,
      PodLister pods,
      Recorder recorder) {
    this(evaluator, configuration, namespaces, pods, recorder, PodNames.SHOWN);
  }

  /**
   * Wires the parts.
   *
   * @param names whether pods that violate a stricter level are named
   */
  public Admission(
      Evaluator evaluator,
      PodSecurityConfiguration configuration,
      NamespaceGetter namespaces,
      PodLister pods,
      Recorder recorder,
      PodNames names) {
    var exemptions = configuration.exemptions();
    var judge = new PodJudge(evaluator, exemptions, recorder);
    this.scope = new Scope(configuration, namespaces);
    this.namespaceReview =
        new NamespaceReview(configuration, new ExistingPods(evaluator, exemptions, pods, names));
    this.podReview = new PodReview(scope, judge, recorder);
    this.controllerReview = new ControllerReview(scope, judge, recorder);
  }

  /**
   * {@return the answer}; never throws, whatever the request holds. The deadline bounds look-ups
   * and lists.
   */
  public AdmissionResponse review(AdmissionRequest request, Deadline deadline) {
    if (request.isNamespace()) {
      return namespaceReview.review(request, deadline);
    }
    return request.isPod()
        ? podReview.review(request, deadline)
        : controllerReview.review(request, deadline);
  }

  /**
   * {@return whether {@link #review} may wait}: for a namespace that is not in memory, or for the
   * pods of a namespace that may have become stricter
   */
  public boolean mayBlock(AdmissionRequest request) {
    if (request.isNamespace()) {
      return request.isUpdate() && request.subResource().isEmpty();
    }
    boolean ignored =
        request.isPod()
            ? PodReview.ignored(request.subResource())
            : !request.subResource().isEmpty();
    return !ignored && scope.lookUpMayBlock(request);
  }
}

package dev.portcullis.admission;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.pod.PodView;
import org.jspecify.annotations.Nullable;

/** Requests for everything but pods and namespaces: what makes pods is warned of, never refused. */
final class ControllerReview {
  private final Scope scope;
  private final PodJudge judge;
  private final Recorder recorder;

  ControllerReview(Scope scope, PodJudge judge, Recorder recorder) {
    this.scope = scope;
    this.judge = judge;
    this.recorder = recorder;
  }

  AdmissionResponse review(AdmissionRequest request, Deadline deadline) {
    if (!request.subResource().isEmpty()) {
      return AdmissionResponse.ALLOWED;
    }
    var exempt = scope.exempt(request);
    if (exempt != null) {
      recorder.exempt(request);
      return exempt;
    }
    return switch (scope.lookUp(request.namespace(), deadline)) {
      case Lookup.Failed failed ->
          failed(request, Answers.lookupFailed(request.namespace()) + ": " + failed.message());
      case Lookup.Found found -> inNamespace(request, scope.policy(found));
    };
  }

  private AdmissionResponse inNamespace(AdmissionRequest request, PolicyLabels.Resolution labels) {
    boolean quiet =
        labels.policy().warn().level() == Level.PRIVILEGED
            && labels.policy().audit().level() == Level.PRIVILEGED;
    if (labels.errors().isEmpty() && quiet) {
      return AdmissionResponse.ALLOWED;
    }
    return switch (ObjectDecoder.decode(request.object(), request)) {
      case Decoded.Undecodable fault ->
          failed(request, "failed to decode object: " + fault.problem());
      case Decoded.Pod pod -> judge.judge(request, labels, pod.view(), false);
      case Decoded.Controller controller -> template(request, labels, controller.template());
      case Decoded.Nothing nothing -> noTemplate(request, "the request has no object");
      case Decoded.Namespace namespace ->
          noTemplate(request, "unexpected object type: " + namespace.told());
      case Decoded.Other other -> noTemplate(request, "unexpected object type: " + other.told());
    };
  }

  private AdmissionResponse template(
      AdmissionRequest request, PolicyLabels.Resolution labels, @Nullable PodView template) {
    return template == null
        ? AdmissionResponse.ALLOWED
        : judge.judge(request, labels, template, false);
  }

  private AdmissionResponse noTemplate(AdmissionRequest request, String problem) {
    return failed(request, "failed to extract pod template: " + problem);
  }

  private AdmissionResponse failed(AdmissionRequest request, String error) {
    recorder.failed(request, true);
    return Answers.allowedWith(Answers.ERROR, error);
  }
}

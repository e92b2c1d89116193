package dev.portcullis.admission;

import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.pod.PodView;
import java.util.Set;

/** Requests for pods. */
final class PodReview {
  /** What is done to a pod without changing what it may do. */
  private static final Set<String> IGNORED =
      Set.of("exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status");

  private static final AdmissionResponse PRIVILEGED =
      Answers.allowedWith(Answers.ENFORCE_POLICY, "privileged:latest");

  private final Scope scope;
  private final PodJudge judge;
  private final Recorder recorder;

  PodReview(Scope scope, PodJudge judge, Recorder recorder) {
    this.scope = scope;
    this.judge = judge;
    this.recorder = recorder;
  }

  static boolean ignored(String subResource) {
    return !subResource.isEmpty() && IGNORED.contains(subResource);
  }

  AdmissionResponse review(AdmissionRequest request, Deadline deadline) {
    if (ignored(request.subResource())) {
      return AdmissionResponse.ALLOWED;
    }
    var exempt = scope.exempt(request);
    if (exempt != null) {
      recorder.exempt(request);
      return exempt;
    }
    return switch (scope.lookUp(request.namespace(), deadline)) {
      case Lookup.Failed failed -> {
        recorder.failed(request, true);
        yield Answers.internal(Answers.lookupFailed(request.namespace()), failed.message());
      }
      case Lookup.Found found -> inNamespace(request, scope.policy(found));
    };
  }

  private AdmissionResponse inNamespace(AdmissionRequest request, PolicyLabels.Resolution labels) {
    if (labels.errors().isEmpty() && labels.policy().fullyPrivileged()) {
      recorder.privileged(request);
      return PRIVILEGED;
    }
    return switch (ObjectDecoder.decode(request.object(), request)) {
      case Decoded.Undecodable fault ->
          failed(request, Answers.badRequest("failed to decode object", fault.problem()));
      case Decoded.Pod pod when request.isUpdate() -> update(request, labels, pod.view());
      case Decoded.Pod pod -> judge.judge(request, labels, pod.view(), true);
      case Decoded.Nothing nothing -> failed(request, Answers.badRequest("failed to decode pod"));
      case Decoded.Namespace other -> failed(request, Answers.badRequest("failed to decode pod"));
      case Decoded.Controller other -> failed(request, Answers.badRequest("failed to decode pod"));
      case Decoded.Other other -> failed(request, Answers.badRequest("failed to decode pod"));
    };
  }

  private AdmissionResponse update(
      AdmissionRequest request, PolicyLabels.Resolution labels, PodView pod) {
    return switch (ObjectDecoder.decode(request.oldObject(), request)) {
      case Decoded.Undecodable fault ->
          failed(request, Answers.badRequest("failed to decode old object", fault.problem()));
      case Decoded.Pod old ->
          SignificantUpdate.between(old.view(), pod)
              ? judge.judge(request, labels, pod, true)
              : AdmissionResponse.ALLOWED;
      case Decoded.Nothing nothing ->
          failed(request, Answers.badRequest("failed to decode old pod"));
      case Decoded.Namespace other ->
          failed(request, Answers.badRequest("failed to decode old pod"));
      case Decoded.Controller other ->
          failed(request, Answers.badRequest("failed to decode old pod"));
      case Decoded.Other other -> failed(request, Answers.badRequest("failed to decode old pod"));
    };
  }

  private AdmissionResponse failed(AdmissionRequest request, AdmissionResponse answer) {
    recorder.failed(request, true);
    return answer;
  }
}

package dev.portcullis.webhook;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.ObjectIdentity;
import dev.portcullis.admission.Recorder;
import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears of every decision: counts it as the reference does, and again our way, and logs what is
 * denied or would be.
 */
final class MetricsRecorder implements Recorder {
  /** A pod may have thousands of containers; the first faults tell the story. */
  private static final int MOST_FIELDS = 100;

  private static final LevelVersion PRIVILEGED = new LevelVersion(Level.PRIVILEGED, Version.LATEST);

  private final ReferenceCounters counters;
  private final ServerMetrics metrics;
  private final Log log;

  MetricsRecorder(ReferenceCounters counters, ServerMetrics metrics, Log log) {
    this.counters = counters;
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public void evaluated(
      AdmissionRequest request, Mode mode, LevelVersion at, Verdict verdict, PodView pod) {
    counters.evaluated(
        verdict.allowed(), at, mode, request.operation(), request.isPod(), request.subResource());
    if (verdict.allowed()) {
      return;
    }
    for (Verdict.Violation violation : verdict.violations()) {
      metrics.denied(request.namespace(), violation.check().id(), mode.toString());
    }
    log.add(line(request, mode, at, verdict));
  }

  @Override
  public void privileged(AdmissionRequest request) {
    counters.evaluated(
        true,
        PRIVILEGED,
        Mode.ENFORCE,
        request.operation(),
        request.isPod(),
        request.subResource());
  }

  @Override
  public void exempt(AdmissionRequest request) {
    counters.exempted(request.operation(), request.isPod(), request.subResource());
  }

  @Override
  public void failed(AdmissionRequest request, boolean fatal) {
    counters.failed(fatal, request.operation(), request.isPod(), request.subResource());
  }

  private LogLine line(AdmissionRequest request, Mode mode, LevelVersion at, Verdict verdict) {
    ObjectIdentity object = request.object().identity();
    List<String> checks = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    int left = 0;
    for (Verdict.Violation violation : verdict.violations()) {
      checks.add(violation.check().id());
      for (FieldError error : violation.result().fields()) {
        if (fields.size() < MOST_FIELDS) {
          fields.add(error.path());
        } else {
          left++;
        }
      }
    }
    if (left > 0) {
      fields.add("... (" + left + " more)");
    }
    return log.line(
            mode == Mode.ENFORCE ? "warn" : "info",
            mode == Mode.ENFORCE ? "denied" : "would be denied")
        .with("uid", request.uid())
        .with("namespace", request.namespace())
        .with("kind", request.kind())
        .with("name", request.name().isEmpty() ? object.name() : request.name())
        .with("owner", object.owner())
        .with("user", request.userName())
        .with("operation", request.operation())
        .with("subresource", request.subResource())
        .with("dryRun", request.dryRun())
        .with("mode", mode.toString())
        .with("policy", at.toString())
        .with("checks", checks)
        .with("fields", fields);
  }
}

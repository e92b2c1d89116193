package dev.portcullis.admission;

import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.pod.PodView;
import java.util.HashMap;
import java.util.List;

/** A pod, or a template, against the policy of its namespace. */
final class PodJudge {
  private final Evaluator evaluator;
  private final Exemptions exemptions;
  private final Recorder recorder;

  PodJudge(Evaluator evaluator, Exemptions exemptions, Recorder recorder) {
    this.evaluator = evaluator;
    this.exemptions = exemptions;
    this.recorder = recorder;
  }

  /** {@return the answer for a pod, which may be refused, or a template, which only warns} */
  AdmissionResponse judge(
      AdmissionRequest request, PolicyLabels.Resolution labels, PodView pod, boolean enforced) {
    if (exemptions.runtimeClass(pod.runtimeClassName())) {
      recorder.exempt(request);
      return Answers.allowedWith(Answers.EXEMPT, "runtimeClass");
    }
    var annotations = new HashMap<String, String>(4);
    if (!labels.errors().isEmpty()) {
      annotations.put(
          Answers.ERROR, "Failed to parse policy: " + PolicyLabels.aggregate(labels.errors()));
      recorder.failed(request, false);
    }
    Policy policy = labels.policy();

    LevelVersion enforce = policy.enforce();
    Verdict enforceVerdict = Verdict.ALLOWED;
    if (enforced) {
      annotations.put(Answers.ENFORCE_POLICY, enforce.toString());
      enforceVerdict = evaluator.evaluate(enforce, pod);
      recorder.evaluated(request, Mode.ENFORCE, enforce, enforceVerdict, pod);
    }

    LevelVersion audit = policy.audit();
    boolean auditKnown = enforced && audit.equals(enforce);
    Verdict auditVerdict = auditKnown ? enforceVerdict : evaluator.evaluate(audit, pod);
    // Texts are long: one that two modes share is made once.
    String auditViolation = "";
    String auditText = "";
    if (!auditVerdict.allowed()) {
      auditViolation = Answers.violation(audit, auditVerdict);
      auditText = Answers.wouldViolate(auditViolation);
      annotations.put(Answers.AUDIT_VIOLATIONS, auditText);
      recorder.evaluated(request, Mode.AUDIT, audit, auditVerdict, pod);
    }

    if (!enforceVerdict.allowed()) {
      String violation = auditKnown ? auditViolation : Answers.violation(enforce, enforceVerdict);
      Status status = Answers.forbidden(request, Answers.violates(violation));
      return new AdmissionResponse(false, status, annotations, List.of());
    }

    LevelVersion warn = policy.warn();
    Verdict warnVerdict =
        enforced && warn.equals(enforce)
            ? enforceVerdict
            : warn.equals(audit) ? auditVerdict : evaluator.evaluate(warn, pod);
    if (warnVerdict.allowed()) {
      return annotations.isEmpty()
          ? AdmissionResponse.ALLOWED
          : new AdmissionResponse(true, null, annotations, List.of());
    }
    recorder.evaluated(request, Mode.WARN, warn, warnVerdict, pod);
    String text =
        warn.equals(audit) ? auditText : Answers.wouldViolate(Answers.violation(warn, warnVerdict));
    return new AdmissionResponse(true, null, annotations, List.of(text));
  }
}

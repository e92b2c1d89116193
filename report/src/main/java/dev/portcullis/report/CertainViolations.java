package dev.portcullis.report;

import dev.portcullis.manifests.PodPath.Fidelity;
import dev.portcullis.manifests.Workload;
import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Verdict;
import java.util.List;

/**
 * What can be said for certain of a template that an operator completes: a stated field that
 * violates does so, a missing one may be filled in.
 */
public final class CertainViolations {
  private CertainViolations() {}

  /** {@return the verdict without violations that only miss something, where that may be added} */
  public static Verdict of(Workload workload, Verdict verdict) {
    if (verdict.allowed() || workload.template().fidelity() != Fidelity.COMPLETED) {
      return verdict;
    }
    return new Verdict(
        verdict.violations().stream()
            .filter(violation ->
                violation.result().fields().stream().anyMatch(field -> !field.isMissing()))
            .toList());
  }

  /** {@return the fields to point at} */
  static List<FieldError> fields(Workload workload, List<FieldError> fields) {
    return workload.template().fidelity() == Fidelity.COMPLETED
        ? fields.stream().filter(field -> !field.isMissing()).toList()
        : fields;
  }
}

package dev.portcullis.report;

import dev.portcullis.manifests.PodPath.Fidelity;
import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.report.PolicyChoice.Choice;
import dev.portcullis.report.PolicyChoice.Demand;
import java.util.ArrayList;
import java.util.List;

/** Judges workloads. Threads may share it. */
public final class WorkloadEvaluator {
  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final PolicyChoice policies;

  /** An evaluator of the standard checks that takes policies from this choice. */
  public WorkloadEvaluator(PolicyChoice policies) {
    this.policies = policies;
  }

  /** {@return the workload with its verdicts} */
  public Result judge(Workload workload) {
    Choice choice = policies.of(workload);
    boolean exempt = policies.exempts(workload);
    String name = workload.name() == null ? workload.object().generateName() : workload.name();
    return new Result(
        new Origin.InFile(workload.file(), workload.document(), workload.line()),
        workload.kind(),
        policies.namespaceOf(workload),
        name == null ? "" : name,
        workload.oneOfSeveral() ? workload.podPath() : "",
        workload.template().fidelity() == Fidelity.EXACT ? "" : workload.type().note(),
        choice.source(),
        exempt,
        exempt ? List.of() : verdicts(workload, choice.demands(), Suppressions.of(workload)));
  }

  private List<ModeVerdict> verdicts(
      Workload workload, List<Demand> demands, Suppressions suppressions) {
    var verdicts = new ArrayList<ModeVerdict>(demands.size());
    for (Demand demand : demands) {
      ModeVerdict same = null;
      for (ModeVerdict before : verdicts) {
        same = before.at().equals(demand.at()) ? before : same;
      }
      verdicts.add(
          same != null
              ? new ModeVerdict(
                  demand.mode(), demand.at(), same.reason(), same.detail(), same.violations())
              : verdict(workload, demand, suppressions));
    }
    return verdicts;
  }

  private ModeVerdict verdict(Workload workload, Demand demand, Suppressions suppressions) {
    Verdict verdict =
        CertainViolations.of(workload, evaluator.evaluate(demand.at(), workload.pod()));
    if (verdict.allowed()) {
      return new ModeVerdict(demand.mode(), demand.at(), "", "", List.of());
    }
    var violations = new ArrayList<Violation>(verdict.violations().size());
    for (Verdict.Violation violation : verdict.violations()) {
      violations.add(
          new Violation(
              violation.check().id(),
              violation.result().reason(),
              violation.result().detail(),
              places(workload, CertainViolations.fields(workload, violation.result().fields())),
              false,
              suppressions.reason(violation.check().id())));
    }
    return new ModeVerdict(
        demand.mode(), demand.at(), verdict.reason(), verdict.detail(), violations);
  }

  private static List<Place> places(Workload workload, List<FieldError> fields) {
    if (fields.isEmpty()) {
      return List.of(place(workload, FieldError.missing("")));
    }
    var places = new ArrayList<Place>(fields.size());
    for (FieldError field : fields) {
      places.add(place(workload, field));
    }
    return places;
  }

  private static Place place(Workload workload, FieldError field) {
    Position position =
        field.path().isEmpty() ? workload.object().position() : workload.positionOf(field.path());
    SourceText source = workload.object().source();
    return new Place(
        field.path(),
        StablePath.of(field.path(), workload.pod()),
        position.line(),
        position.column(),
        field.badValue(),
        Excerpt.of(
            source.text(),
            source.lineStart(position.line()),
            position.offset(),
            field.isMissing()));
  }
}

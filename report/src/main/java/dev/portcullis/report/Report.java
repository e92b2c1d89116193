package dev.portcullis.report;

import dev.portcullis.policy.Mode;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Everything that one run of {@code check} found.
 *
 * @param files how many files were read
 * @param results one for each workload, in the order of the inputs
 * @param skipped what was passed over, and why
 * @param errors what could not be read or makes no sense
 * @param notes what a person should know beside
 */
public record Report(
    int files,
    List<Result> results,
    List<Skipped> skipped,
    List<InputError> errors,
    List<Note> notes) {
  /** Copies the lists. */
  public Report {
    results = List.copyOf(results);
    skipped = List.copyOf(skipped);
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }

  /** {@return this report with other results} */
  public Report with(List<Result> others) {
    return new Report(files, others, skipped, errors, notes);
  }

  /** {@return the counts over all results} */
  public Summary summary() {
    int allowed = 0;
    int exempt = 0;
    int violating = 0;
    int known = 0;
    int suppressed = 0;
    Map<Mode, Integer> violations = new EnumMap<>(Mode.class);
    for (Result result : results) {
      if (result.exempt()) {
        exempt++;
      } else if (result.allowed()) {
        allowed++;
      } else {
        violating++;
      }
      for (ModeVerdict verdict : result.verdicts()) {
        for (Violation violation : verdict.violations()) {
          violations.merge(verdict.mode(), 1, Integer::sum);
          known += violation.known() ? 1 : 0;
          suppressed += violation.suppression() == null ? 0 : 1;
        }
      }
    }
    return new Summary(
        files,
        results.size(),
        allowed,
        violating,
        exempt,
        violations,
        known,
        suppressed,
        skipped.size(),
        errors.size());
  }

  /** {@return the violations that manifests accept, each reported once whatever its modes} */
  public List<Suppressed> suppressed() {
    var all = new LinkedHashSet<Suppressed>();
    for (Result result : results) {
      for (ModeVerdict verdict : result.verdicts()) {
        for (Violation violation : verdict.violations()) {
          if (violation.suppression() != null) {
            int line = violation.places().getFirst().line();
            all.add(new Suppressed(result, violation.check(), line, violation.suppression()));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /** {@return whether a violation that counts was found in one of these modes} */
  public boolean fails(List<Mode> modes) {
    for (Result result : results) {
      for (ModeVerdict verdict : result.verdicts()) {
        if (modes.contains(verdict.mode()) && verdict.hasNews()) {
          return true;
        }
      }
    }
    return false;
  }
}

package dev.portcullis.report;

import dev.portcullis.policy.Mode;
import java.util.Map;

/**
 * The counts of a run.
 *
 * @param files files read
 * @param workloads workloads found in them
 * @param allowed workloads that pass in every mode
 * @param violating workloads that violate their policy in some mode
 * @param exempt workloads that the configuration exempts
 * @param violations violations by mode; a mode without any is absent
 * @param known violations that the baseline knows; they are among {@code violations}
 * @param suppressed violations that manifests accept by annotation; they are among {@code
 *     violations}
 * @param skipped documents and files passed over
 * @param errors inputs that could not be read or make no sense
 */
public record Summary(
    int files,
    int workloads,
    int allowed,
    int violating,
    int exempt,
    Map<Mode, Integer> violations,
    int known,
    int suppressed,
    int skipped,
    int errors) {
  /** Copies the map. */
  public Summary {
    violations = Map.copyOf(violations);
  }

  /** {@return how many violations there are in this mode} */
  public int violations(Mode mode) {
    return violations.getOrDefault(mode, 0);
  }
}

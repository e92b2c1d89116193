package dev.portcullis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One workload, judged.
 *
 * @param origin where it was found
 * @param kind such as {@code Deployment}
 * @param namespace its namespace, null when the manifest names none
 * @param name its name, or what its generated name begins with; empty when the manifest names none
 * @param template the path of the pod in an object of a kind that may hold several, {@code
 *     spec.tasks[1].template}; empty for all others
 * @param caution why the pod may violate more than its template tells, empty if it tells all
 * @param policySource where its policy came from
 * @param exempt whether the configuration exempts it; it then has no verdicts
 * @param verdicts one for each mode that was asked for, enforce first
 */
public record Result(
    Origin origin,
    String kind,
    @Nullable String namespace,
    String name,
    String template,
    String caution,
    PolicySource policySource,
    boolean exempt,
    List<ModeVerdict> verdicts) {
  /** Copies the verdicts. */
  public Result {
    verdicts = List.copyOf(verdicts);
  }

  /** {@return this result with other verdicts} */
  Result with(List<ModeVerdict> others) {
    return new Result(
        origin, kind, namespace, name, template, caution, policySource, exempt, others);
  }

  /** {@return the file or the cluster it was found in} */
  public String file() {
    return origin.name();
  }

  /** {@return the line it starts at, from 1; 0 in a cluster} */
  public int line() {
    return origin.line();
  }

  /** {@return whether it passes in every mode} */
  public boolean allowed() {
    for (ModeVerdict verdict : verdicts) {
      if (!verdict.allowed()) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return the verdicts in the order enforce, warn, audit: for formats that tell the same
   * violation once}
   */
  public List<ModeVerdict> gravestFirst() {
    var sorted = new ArrayList<>(verdicts);
    sorted.sort(
        Comparator.comparingInt(verdict ->
            switch (verdict.mode()) {
              case ENFORCE -> 0;
              case WARN -> 1;
              case AUDIT -> 2;
            }));
    return sorted;
  }

  /** {@return kind, namespace and name as a person reads them, {@code Deployment shop/cart}} */
  public String title() {
    return kind
        + " "
        + (namespace == null ? "" : namespace + "/")
        + (name.isEmpty() ? "(no name)" : name)
        + (template.isEmpty() ? "" : " (" + template + ")");
  }
}

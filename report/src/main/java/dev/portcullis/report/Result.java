package dev.portcullis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One workload, judged.
 *
 * @param file the file as it was named, {@code -} for standard input
 * @param document its document in the file, from 0
 * @param line the line it starts at, from 1
 * @param kind such as {@code Deployment}
 * @param namespace its namespace, null when the manifest names none
 * @param name its name, or what its generated name begins with; empty when the manifest names none
 * @param policySource where its policy came from
 * @param exempt whether the configuration exempts it; it then has no verdicts
 * @param verdicts one for each mode that was asked for, enforce first
 */
public record Result(
    String file,
    int document,
    int line,
    String kind,
    @Nullable String namespace,
    String name,
    PolicySource policySource,
    boolean exempt,
    List<ModeVerdict> verdicts) {
  /** Copies the verdicts. */
  public Result {
    verdicts = List.copyOf(verdicts);
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
        + (name.isEmpty() ? "(no name)" : name);
  }
}

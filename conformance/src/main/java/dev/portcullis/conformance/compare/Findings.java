package dev.portcullis.conformance.compare;

import java.util.ArrayList;
import java.util.List;

/** Keeps the first differences and drops the rest, which are counted elsewhere. Thread-safe. */
public final class Findings {
  /**
   * A difference as it was met.
   *
   * @param kind of the case
   * @param seed of the run
   * @param index of the case
   */
  public record Finding(Kind kind, long seed, long index) {}

  private final int most;
  private final List<Finding> kept = new ArrayList<>();

  /** Keeps that many of each kind. */
  public Findings(int most) {
    this.most = most;
  }

  synchronized void add(Kind kind, long seed, long index) {
    if (kept.stream().filter(finding -> finding.kind() == kind).count() < most) {
      kept.add(new Finding(kind, seed, index));
    }
  }

  /** {@return those kept} */
  public synchronized List<Finding> kept() {
    return List.copyOf(kept);
  }
}

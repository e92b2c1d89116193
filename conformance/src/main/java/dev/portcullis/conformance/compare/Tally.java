package dev.portcullis.conformance.compare;

import java.util.EnumMap;
import java.util.Map;

/**
 * What came of some cases.
 *
 * @param title which kind of case
 * @param cases how many
 * @param differences how many with answers that differ
 * @param deviations how many differ on purpose, by deviation
 * @param oracleNanos processor time of the reference
 * @param ourNanos processor time of Portcullis
 * @param wallNanos time that passed, both sides and the comparison together
 */
public record Tally(
    String title,
    long cases,
    long differences,
    Map<Deviations, Long> deviations,
    long oracleNanos,
    long ourNanos,
    long wallNanos) {
  /** Copies the map. */
  public Tally {
    deviations = Map.copyOf(deviations);
  }

  /** {@return no cases} */
  public static Tally none(String title) {
    return new Tally(title, 0, 0, Map.of(), 0, 0, 0);
  }

  /** {@return both together, one after the other} */
  public Tally plus(Tally other) {
    Map<Deviations, Long> sum = new EnumMap<>(Deviations.class);
    sum.putAll(deviations);
    other.deviations.forEach((deviation, count) -> sum.merge(deviation, count, Long::sum));
    return new Tally(
        title,
        cases + other.cases,
        differences + other.differences,
        sum,
        oracleNanos + other.oracleNanos,
        ourNanos + other.ourNanos,
        wallNanos + other.wallNanos);
  }

  /** {@return cases in a second of the reference's processor time} */
  public long oracleRate() {
    return rate(oracleNanos);
  }

  /** {@return cases in a second of our processor time} */
  public long ourRate() {
    return rate(ourNanos);
  }

  /** {@return cases in a second that passed} */
  public long wallRate() {
    return rate(wallNanos);
  }

  private long rate(long nanos) {
    return nanos == 0 ? 0 : Math.round(cases * 1e9 / nanos);
  }
}

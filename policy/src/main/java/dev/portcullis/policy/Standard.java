package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The revisions of an evaluator's checks, a bit each, and which of them hold at each level and
 * version.
 *
 * <p>{@link Evaluator#failing} gives the bits that a pod fails. Kept beside it, they answer every
 * question of levels and versions: a pod is allowed where {@code failing & mask(at)} is 0. Bits are
 * numbered by check in the order of {@link Evaluator#checks}, then by version; numbers are not
 * stable from one version of Portcullis to the next.
 */
public final class Standard {
  private final List<Row> rows;

  /** By level, then by minor version. */
  private final Map<Level, long[]> masks;

  private final Version newest;

  /**
   * What a bit stands for.
   *
   * @param check the check
   * @param revision one of its revisions
   */
  public record Row(Check check, Check.Revision revision) {}

  private Standard(List<Row> rows, Map<Level, long[]> masks, Version newest) {
    this.rows = rows;
    this.masks = masks;
    this.newest = newest;
  }

  /**
   * Numbers the revisions.
   *
   * @param inForce which revision of which check holds at a level and version
   */
  static Standard of(List<Check> checks, Version newest, InForce inForce) {
    var rows = new ArrayList<Row>();
    for (Check check : checks) {
      for (Check.Revision revision : check.revisions()) {
        rows.add(new Row(check, revision));
      }
    }
    if (rows.size() > Long.SIZE) {
      throw new IllegalArgumentException(
          rows.size() + " revisions of checks, and no more than " + Long.SIZE + " have a bit");
    }
    int versions = (int) newest.minor() + 1;
    Map<Level, long[]> masks =
        Map.of(
            Level.PRIVILEGED,
            new long[versions],
            Level.BASELINE,
            new long[versions],
            Level.RESTRICTED,
            new long[versions]);
    masks.forEach((level, byVersion) -> {
      for (int minor = 0; minor < versions; minor++) {
        for (int bit = 0; bit < rows.size(); bit++) {
          if (inForce.holds(level, Version.of(minor), rows.get(bit))) {
            byVersion[minor] |= 1L << bit;
          }
        }
      }
    });
    return new Standard(List.copyOf(rows), masks, newest);
  }

  /** Tells whether a revision holds at a level and version. */
  interface InForce {
    boolean holds(Level level, Version version, Row row);
  }

  /** {@return what the bits stand for, from bit 0 on} */
  public List<Row> rows() {
    return rows;
  }

  /**
   * {@return the bits of the revisions that hold at this level and version}; a version past the
   * newest counts as it, and at privileged none hold.
   */
  public long mask(LevelVersion at) {
    Version version = at.version();
    long minor = version.isLatest() || newest.olderThan(version) ? newest.minor() : version.minor();
    long[] byVersion = masks.get(at.level());
    return byVersion == null ? 0 : byVersion[(int) minor];
  }

  /** {@return whether a pod that fails these revisions is allowed at this level and version} */
  public boolean allows(LevelVersion at, long failing) {
    return (failing & mask(at)) == 0;
  }

  /** {@return the strictest level at this version that allows a pod that fails these revisions} */
  public Level strictest(Version version, long failing) {
    for (Level level : new Level[] {Level.RESTRICTED, Level.BASELINE}) {
      if (allows(new LevelVersion(level, version), failing)) {
        return level;
      }
    }
    return Level.PRIVILEGED;
  }

  /** {@return the checks of these bits, in the order of a verdict} */
  public List<Check> checks(long bits) {
    var checks = new ArrayList<Check>(Long.bitCount(bits));
    for (int bit = 0; bit < rows.size(); bit++) {
      Check check = rows.get(bit).check();
      if ((bits & 1L << bit) != 0 && (checks.isEmpty() || !checks.getLast().equals(check))) {
        checks.add(check);
      }
    }
    return checks;
  }

  /**
   * {@return the versions at which something changes, ascending, and not before {@code from}}:
   * where a slider over versions has its stops.
   */
  public List<Version> stops(Version from) {
    return rows.stream()
        .map(row -> row.revision().since())
        .filter(since -> !since.olderThan(from) && !newest.olderThan(since))
        .distinct()
        .sorted((a, b) -> a.equals(b) ? 0 : a.olderThan(b) ? -1 : 1)
        .toList();
  }
}

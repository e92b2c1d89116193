package dev.portcullis.policy;

import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges pods by the Pod Security Standards.
 *
 * <p>
 *
 * {@snippet :
 * Evaluator evaluator = Evaluator.of(Checks.standard());
 * PodView pod = PodDecoder.decodePod(JsonSlice.of(bytes), JsonLimits.STANDARD);
 * Verdict verdict = evaluator.evaluate(new LevelVersion(Level.RESTRICTED, Version.LATEST), pod);
 * }
 *
 * <p>Immutable and thread-safe. A pod that is allowed costs no allocation.
 */
public final class Evaluator {
  /**
   * Rows by level, then by minor version: the checks that hold there, in the order of their
   * answers.
   */
  private final Check[][] baseline;

  private final Check[][] restricted;
  private final Check.Rule[][] baselineRules;
  private final Check.Rule[][] restrictedRules;
  private final List<Check> checks;
  private final Version newest;
  private final Standard standard;

  /** The rules of all revisions, by bit. */
  private final Check.Rule[] rules;

  private Evaluator(List<Check> checks, Version newest) {
    int rows = (int) newest.minor() + 1;
    this.checks = List.copyOf(checks);
    this.newest = newest;
    this.baseline = new Check[rows][];
    this.restricted = new Check[rows][];
    this.baselineRules = new Check.Rule[rows][];
    this.restrictedRules = new Check.Rule[rows][];
    for (int minor = 0; minor < rows; minor++) {
      fill(minor);
    }
    this.standard = Standard.of(this.checks, newest, this::holds);
    this.rules =
        standard.rows().stream().map(row -> row.revision().rule()).toArray(Check.Rule[]::new);
  }

  /**
   * {@return an evaluator of these checks}; {@link IllegalArgumentException} when they contradict
   * each other.
   */
  public static Evaluator of(List<Check> checks) {
    validate(checks);
    return new Evaluator(sorted(checks), newest(checks));
  }

  /**
   * {@return an evaluator that knows no version after {@code emulated}}, as an API server that
   * emulates an older one; a newer one has no effect.
   */
  public static Evaluator of(List<Check> checks, Version emulated) {
    validate(checks);
    Version newest = newest(checks);
    return new Evaluator(sorted(checks), emulated.olderThan(newest) ? emulated : newest);
  }

  /**
   * {@return what the checks of that level and version say of the pod}; a version past the newest
   * counts as it.
   */
  public Verdict evaluate(LevelVersion at, PodView pod) {
    if (at.level() == Level.PRIVILEGED) {
      return Verdict.ALLOWED;
    }
    int row = row(at.version());
    Check.Rule[] rules = (at.level() == Level.BASELINE ? baselineRules : restrictedRules)[row];
    for (int i = 0; i < rules.length; i++) {
      if (rules[i].check(pod) instanceof Forbidden first) {
        Check[] checksHere = (at.level() == Level.BASELINE ? baseline : restricted)[row];
        return explain(checksHere, rules, i, first, pod);
      }
    }
    return Verdict.ALLOWED;
  }

  /**
   * {@return which revisions of the checks the pod fails, a bit each}: {@link Standard#mask} says
   * which bits count at a level and version.
   */
  public long failing(PodView pod) {
    long failing = 0;
    for (int bit = 0; bit < rules.length; bit++) {
      if (rules[bit].check(pod) instanceof Forbidden) {
        failing |= 1L << bit;
      }
    }
    return failing;
  }

  /** {@return what the bits of {@link #failing} stand for} */
  public Standard standard() {
    return standard;
  }

  private static Verdict explain(
      Check[] checks, Check.Rule[] rules, int at, Forbidden first, PodView pod) {
    var violations = new ArrayList<Verdict.Violation>(rules.length - at);
    violations.add(new Verdict.Violation(checks[at], first));
    for (int i = at + 1; i < rules.length; i++) {
      if (rules[i].check(pod) instanceof Forbidden next) {
        violations.add(new Verdict.Violation(checks[i], next));
      }
    }
    return new Verdict(violations);
  }

  /** {@return the checks that hold at this level and version, in the order of their answers} */
  public List<Check> checksAt(LevelVersion at) {
    return switch (at.level()) {
      case PRIVILEGED -> List.of();
      case BASELINE -> List.of(baseline[row(at.version())]);
      case RESTRICTED -> List.of(restricted[row(at.version())]);
    };
  }

  /** {@return all checks, baseline first, by id} */
  public List<Check> checks() {
    return checks;
  }

  /** {@return the newest version there is a difference at}; {@code latest} means this one. */
  public Version newest() {
    return newest;
  }

  private int row(Version version) {
    return version.isLatest() || newest.olderThan(version)
        ? (int) newest.minor()
        : (int) version.minor();
  }

  private boolean holds(Level level, Version version, Standard.Row row) {
    int minor = (int) version.minor();
    Check[] here =
        switch (level) {
          case PRIVILEGED -> new Check[0];
          case BASELINE -> baseline[minor];
          case RESTRICTED -> restricted[minor];
        };
    return List.of(here).contains(row.check())
        && row.revision().equals(revisionAt(row.check(), version));
  }

  private void fill(int minor) {
    var version = Version.of(minor);
    var names = new ArrayList<Check>();
    var rules = new ArrayList<Check.Rule>();
    var overridden = new HashSet<String>();
    for (Check check : checks) {
      var revision = revisionAt(check, version);
      if (revision != null && check.level() == Level.BASELINE) {
        names.add(check);
        rules.add(revision.rule());
      } else if (revision != null) {
        overridden.addAll(revision.overrides());
      }
    }
    baseline[minor] = names.toArray(Check[]::new);
    baselineRules[minor] = rules.toArray(Check.Rule[]::new);

    names.clear();
    rules.clear();
    for (Check check : checks) {
      var revision = revisionAt(check, version);
      boolean replaced = check.level() == Level.BASELINE && overridden.contains(check.id());
      if (revision != null && !replaced) {
        names.add(check);
        rules.add(revision.rule());
      }
    }
    restricted[minor] = names.toArray(Check[]::new);
    restrictedRules[minor] = rules.toArray(Check.Rule[]::new);
  }

  private static Check.@Nullable Revision revisionAt(Check check, Version version) {
    Check.Revision last = null;
    for (Check.Revision revision : check.revisions()) {
      if (!version.olderThan(revision.since())) {
        last = revision;
      }
    }
    return last;
  }

  private static List<Check> sorted(List<Check> checks) {
    return checks.stream()
        .sorted(Comparator.comparing(Check::level).thenComparing(Check::id, GoText.BYTE_ORDER))
        .toList();
  }

  private static Version newest(List<Check> checks) {
    var newest = Version.of(0);
    for (Check check : checks) {
      Version since = check.revisions().getLast().since();
      newest = newest.olderThan(since) ? since : newest;
    }
    return newest;
  }

  private static void validate(List<Check> checks) {
    Map<String, Level> levels = new HashMap<>();
    for (Check check : checks) {
      if (levels.put(check.id(), check.level()) != null) {
        throw new IllegalArgumentException("multiple checks registered for ID " + check.id());
      }
    }
    for (Check check : checks) {
      String fault = fault(check, levels);
      if (fault != null) {
        throw new IllegalArgumentException("check " + check.id() + ": " + fault);
      }
    }
  }

  private static @Nullable String fault(Check check, Map<String, Level> levels) {
    if (check.level() == Level.PRIVILEGED) {
      return "invalid level " + check.level();
    }
    if (check.revisions().isEmpty()) {
      return "empty";
    }
    Version previous = null;
    for (Check.Revision revision : check.revisions()) {
      Version since = revision.since();
      if (since.isLatest()) {
        return "version cannot be 'latest'";
      }
      if (since.equals(previous)) {
        return "duplicate version " + since;
      }
      if (previous != null && since.olderThan(previous)) {
        return "versions must be strictly increasing";
      }
      String overrides = overrideFault(check, Set.copyOf(revision.overrides()), levels);
      if (overrides != null) {
        return overrides;
      }
      previous = since;
    }
    return null;
  }

  private static @Nullable String overrideFault(
      Check check, Set<String> overrides, Map<String, Level> levels) {
    if (!overrides.isEmpty() && check.level() != Level.RESTRICTED) {
      return "only restricted checks may set overrides";
    }
    for (String id : overrides) {
      Level level = levels.get(id);
      if (level != null && level != Level.BASELINE) {
        return "overrides " + level + " check " + id;
      }
    }
    return null;
  }
}

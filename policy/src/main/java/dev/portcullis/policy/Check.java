package dev.portcullis.policy;

import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One control of the Pod Security Standards, with every revision it had.
 *
 * @param id the reference's id, such as {@code hostPorts}
 * @param level the level it belongs to, baseline or restricted
 * @param revisions what it demands, from which version on; ascending
 */
public record Check(String id, Level level, List<Revision> revisions) {
  /** Copies the revisions; {@link Evaluator#of} judges whether they make sense. */
  public Check {
    revisions = List.copyOf(revisions);
  }

  /** Judges one pod. */
  @FunctionalInterface
  public interface Rule {
    /**
     * {@return whether the pod is allowed, and if not why}; never throws, whatever the pod holds.
     */
    CheckResult check(PodView pod);
  }

  /**
   * What a check demands from a version on.
   *
   * @param since the first version it holds for
   * @param rule what it demands
   * @param overrides ids of the baseline checks that it stands in for at the restricted level
   * @param cel the same demand as an expression; null when it can not be exported
   */
  public record Revision(Version since, Rule rule, List<String> overrides, @Nullable CelRule cel) {
    /** Copies the overrides. */
    public Revision {
      overrides = List.copyOf(overrides);
    }

    /** A revision that can not be exported. */
    public Revision(Version since, Rule rule, List<String> overrides) {
      this(since, rule, overrides, null);
    }

    /** {@return a revision that holds from {@code v1.minor} on, also as an expression} */
    public static Revision since(long minor, Rule rule, CelRule cel, String... overrides) {
      return new Revision(Version.of(minor), rule, List.of(overrides), cel);
    }

    /** {@return a revision that holds from {@code v1.minor} on} */
    public static Revision since(long minor, Rule rule, String... overrides) {
      return new Revision(Version.of(minor), rule, List.of(overrides));
    }
  }

  /** {@return a check of the baseline level} */
  public static Check baseline(String id, Revision... revisions) {
    return new Check(id, Level.BASELINE, List.of(revisions));
  }

  /** {@return a check of the restricted level} */
  public static Check restricted(String id, Revision... revisions) {
    return new Check(id, Level.RESTRICTED, List.of(revisions));
  }

  /** {@return the id} */
  @Override
  public String toString() {
    return id;
  }
}

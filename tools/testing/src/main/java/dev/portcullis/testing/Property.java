package dev.portcullis.testing;

import java.util.SplittableRandom;

/**
 * Checks a property on many generated inputs.
 *
 * <p>Every case has its own seed, and every run has new ones. A failure names its seed; {@code
 * -Dproperty.seed=SEED} runs that one case again.
 */
public final class Property {
  private static final String SEED = "property.seed";

  private Property() {}

  /** What must hold for the inputs that are made from {@code random}. */
  @FunctionalInterface
  public interface Body {
    /** Throws if the property does not hold. */
    void check(SplittableRandom random) throws Exception;
  }

  /**
   * Runs {@code body} {@code cases} times.
   *
   * @throws AssertionError with the seed of the first case that failed; its cause is the failure
   */
  public static void check(int cases, Body body) {
    Long given = Long.getLong(SEED);
    if (given != null) {
      one(given, "the given case", body);
      return;
    }
    var seeds = new SplittableRandom();
    for (int i = 1; i <= cases; i++) {
      one(seeds.nextLong(), "case " + i + " of " + cases, body);
    }
  }

  // Whatever a body throws is a failure of the property.
  @SuppressWarnings("CatchingUnchecked")
  private static void one(long seed, String name, Body body) {
    try {
      body.check(new SplittableRandom(seed));
    } catch (Exception | AssertionError | StackOverflowError failure) {
      throw new AssertionError(
          name + " failed; repeat it with -D" + SEED + "=" + seed + "\n" + failure.getMessage(),
          failure);
    }
  }
}

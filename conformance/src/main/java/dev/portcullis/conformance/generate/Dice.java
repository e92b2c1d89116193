package dev.portcullis.conformance.generate;

import java.util.List;

/** Random numbers that seed, stream and index of a case determine (SplitMix64). */
public final class Dice {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** {@return the dice of one case} */
  public static Dice of(long seed, String stream, long index) {
    long mixed = mix(seed + GAMMA);
    for (int i = 0; i < stream.length(); i++) {
      mixed = mix(mixed ^ stream.charAt(i));
    }
    return new Dice(mix(mixed + GAMMA * index));
  }

  /** {@return a number below {@code bound}} */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** {@return true in this share of all cases} */
  public boolean chance(double share) {
    return (next() >>> 11) * 0x1.0p-53 < share;
  }

  /** {@return one of these} */
  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[below(choices.length)];
  }

  /** {@return one of these} */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** {@return any number} */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

package dev.portcullis.admission;

import java.util.function.LongSupplier;

/** A point in time by which work must be done, on a monotonic clock that the caller may bring. */
public final class Deadline {
  private static final Deadline NONE = none(System::nanoTime);

  private final LongSupplier clock;
  private final boolean limited;
  private final long at;

  private Deadline(LongSupplier clock, boolean limited, long at) {
    this.clock = clock;
    this.limited = limited;
    this.at = at;
  }

  /** {@return no deadline at all} */
  public static Deadline none() {
    return NONE;
  }

  /**
   * {@return no deadline at all}; those derived from it tell time by {@code clock}, in nanoseconds.
   */
  public static Deadline none(LongSupplier clock) {
    return new Deadline(clock, false, 0);
  }

  /** {@return a deadline so many nanoseconds from now}; zero and less have passed already. */
  public static Deadline afterNanos(long nanos) {
    return afterNanos(nanos, System::nanoTime);
  }

  /**
   * {@return a deadline so many nanoseconds from now by {@code clock}, which counts nanoseconds}
   */
  public static Deadline afterNanos(long nanos, LongSupplier clock) {
    return none(clock).sooner(nanos);
  }

  /** {@return a deadline so many nanoseconds from now, or this one if it is earlier} */
  public Deadline sooner(long nanos) {
    // A clock's difference is good for 292 years; more is no deadline.
    long bounded = Math.clamp(nanos, -1L << 62, 1L << 62);
    return limited && remaining() <= bounded
        ? this
        : new Deadline(clock, true, clock.getAsLong() + bounded);
  }

  /** {@return whether the time has come} */
  public boolean expired() {
    return limited && clock.getAsLong() - at >= 0;
  }

  /**
   * {@return the nanoseconds left}, negative once it has passed, {@link Long#MAX_VALUE} without a
   * deadline
   */
  public long remaining() {
    return limited ? at - clock.getAsLong() : Long.MAX_VALUE;
  }
}

package dev.portcullis.e2e;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting for what another process does: asks again and again until a deadline, never blindly. */
final class Eventually {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(25);

  private Eventually() {}

  /** Returns once the condition holds; fails with {@code what} when the time is over. */
  static void holds(String what, Duration within, BooleanSupplier condition) {
    get(what, within, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
  }

  /** {@return the first answer that is not null} Fails with {@code what} when the time is over. */
  static <T> T get(String what, Duration within, Supplier<? extends @Nullable T> question) {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + within.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /**
   * Returns once {@code deadline} (of {@link System#nanoTime}) is over: for outages that must last.
   */
  static void pauseUntil(long deadline) {
    while (System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(deadline - System.nanoTime());
    }
  }
}

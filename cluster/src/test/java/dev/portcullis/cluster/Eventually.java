package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does; the test's own timeout ends it. */
final class Eventually {
  private Eventually() {}

  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}

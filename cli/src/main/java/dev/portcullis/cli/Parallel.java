package dev.portcullis.cli;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Spreads independent steps over the processors. */
final class Parallel {
  /** Below this many steps for each thread, another thread costs more than it brings. */
  private static final int STEPS_WORTH_A_THREAD = 16;

  private static final int MAX_THREADS = 8;

  private Parallel() {}

  /**
   * Runs the steps 0 to {@code count - 1}, in any order; the first failure stops all and is thrown.
   */
  static void run(int count, IntConsumer step) {
    int threads =
        Math.min(
            Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS),
            count / STEPS_WORTH_A_THREAD);
    var next = new AtomicInteger();
    var failure = new AtomicReference<@Nullable Throwable>();
    Runnable worker =
        () -> {
          try {
            for (int i = next.getAndIncrement();
                i < count && failure.get() == null;
                i = next.getAndIncrement()) {
              step.accept(i);
            }
          } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
          }
        };
    var others = new ArrayList<Thread>();
    for (int i = 1; i < threads; i++) {
      others.add(Thread.ofPlatform().name("check-" + i).daemon().start(worker));
    }
    worker.run();
    for (Thread other : others) {
      join(other);
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable thrown -> throw new IllegalStateException(thrown);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException stop) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.portcullis.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows on a terminal how far a long run has come, from its second second on. */
final class Progress implements AutoCloseable {
  private static final String CLEAR = "\r\033[K";

  private final AtomicInteger done = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final int all;
  private final PrintWriter out;
  private final Thread thread;

  private Progress(int all, PrintWriter out, boolean shown) {
    this.all = all;
    this.out = out;
    this.thread = new Thread(this::show, "progress");
    thread.setDaemon(true);
    if (shown) {
      thread.start();
    }
  }

  /** {@return a progress line over {@code all} files, shown only where it can be taken back} */
  static Progress over(int all, PrintWriter out, boolean terminal) {
    return new Progress(all, out, terminal);
  }

  /** {@return one that shows nothing} */
  static Progress none() {
    return new Progress(0, new PrintWriter(Writer.nullWriter()), false);
  }

  /** Counts one file. */
  void step() {
    done.incrementAndGet();
  }

  /** Takes the line back. */
  @Override
  public void close() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    boolean shown = false;
    var clear =
        new Thread(() -> {
          out.print(CLEAR);
          out.flush();
        });
    try {
      for (long wait = 1000; !over.await(wait, TimeUnit.MILLISECONDS); wait = 200) {
        out.print(CLEAR + done.get() + " of " + all + " files");
        out.flush();
        if (!shown) {
          // Ctrl-C leaves a clean line too.
          Runtime.getRuntime().addShutdownHook(clear);
        }
        shown = true;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException ending) {
      return;
    }
    if (shown) {
      out.print(CLEAR);
      out.flush();
    }
  }
}

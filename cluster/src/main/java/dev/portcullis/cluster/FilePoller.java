package dev.portcullis.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads files again after they changed, on a thread of its own. It compares them again and again:
 * file notifications do not report a symlink that changes far up the path, and do not exist on
 * every file system.
 */
public final class FilePoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FilePoller.class.getName());

  private final ScheduledExecutorService thread;
  private final Duration interval;

  /** Looks every {@code interval}. */
  public FilePoller(Duration interval) {
    this.interval = interval;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("portcullis-files").factory());
  }

  /**
   * Calls {@code reload} after each change of what was read.
   *
   * @param first what the first load read
   * @param reload loads again and returns what it read, whether it could use that or not
   */
  public void follow(FileTrace first, Supplier<FileTrace> reload) {
    var look =
        new Runnable() {
          private FileTrace trace = first;

          @Override
          public void run() {
            try {
              if (trace.changed()) {
                // Should the reload fail, what it was to read was no older than this.
                trace = trace.again();
                trace = reload.get();
              }
            } catch (RuntimeException | Error e) {
              // Without this the schedule would end in silence.
              LOG.log(System.Logger.Level.ERROR, "cannot read again " + trace, e);
            }
          }
        };
    var _ =
        thread.scheduleWithFixedDelay(
            look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops. A callback that runs is waited for, a short while. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

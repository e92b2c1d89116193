package dev.portcullis.cluster;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Calls back after files changed, on a thread of its own.
 *
 * <p>It looks at them again and again: mounted ConfigMaps and Secrets change by a symlink far up
 * the path, which file notifications do not report, and those do not exist on every file system.
 * What is compared is a file's real path, its identity, size and time.
 */
public final class ChangeWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChangeWatch.class.getName());
  private static final int DEPTH = 16;
  private static final int MOST_FILES = 100_000;

  private final ScheduledExecutorService thread;
  private final Duration interval;

  /** Looks every {@code interval}. */
  public ChangeWatch(Duration interval) {
    this.interval = interval;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("portcullis-files").factory());
  }

  /**
   * Calls {@code changed} once after each change of any of {@code paths}, files or folders; from
   * now on.
   */
  public void follow(List<Path> paths, Runnable changed) {
    var look =
        new Runnable() {
          private String before = fingerprint(paths);

          @Override
          public void run() {
            try {
              String now = fingerprint(paths);
              if (!now.equals(before)) {
                before = now;
                changed.run();
              }
            } catch (RuntimeException e) {
              // Without this the schedule would end in silence.
              LOG.log(System.Logger.Level.ERROR, "cannot follow " + paths, e);
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

  private static String fingerprint(List<Path> paths) {
    var out = new StringBuilder();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.walk(path, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
          files.limit(MOST_FILES).sorted().forEach(file -> append(out, file));
        } catch (IOException | java.io.UncheckedIOException e) {
          out.append("unreadable ").append(path);
        }
      } else {
        append(out, path);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      out.append(file.toRealPath())
          .append(' ')
          .append(is.fileKey())
          .append(' ')
          .append(is.size())
          .append(' ')
          .append(is.lastModifiedTime())
          .append('\n');
    } catch (IOException e) {
      out.append("missing ").append(file).append('\n');
    }
  }
}

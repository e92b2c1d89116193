package dev.portcullis.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs beside the tests, its output in a log file.
 *
 * <p>Closing kills it at once: an API server that is asked to go takes a minute while watches are
 * open. What is still running when the JVM ends is killed then, so that a failed or aborted suite
 * leaves nothing behind.
 */
final class Program implements AutoCloseable {
  private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();
  private static final int TAIL = 40;

  static {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> RUNNING.forEach(Program::kill)));
  }

  private final String name;
  private final Path log;
  private final Process process;

  private Program(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a command; its standard output and error go to {@code log}, after what is there already.
   */
  static Program start(
      String name, Path log, List<String> command, Map<String, String> environment) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder
          .redirectErrorStream(true)
          .redirectInput(new File("/dev/null"))
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      var program = new Program(name, log, builder.start());
      RUNNING.add(program);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + command, e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  Path log() {
    return log;
  }

  /**
   * Waits until it answers as wanted; fails at once, with the end of its log, when it ends instead.
   */
  void awaitReady(Duration within, java.util.function.BooleanSupplier ready) {
    try {
      Eventually.holds(
          name + " is ready",
          within,
          () -> {
            if (!alive()) {
              throw new AssertionError(
                  name + " ended with " + process.exitValue() + " before it was ready:\n" + tail());
            }
            return ready.getAsBoolean();
          });
    } catch (AssertionError e) {
      kill();
      throw alive() ? new AssertionError(e.getMessage() + "\n" + tail(), e) : e;
    }
  }

  /** Kills it and what it started, with no chance to say good-bye. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(this);
  }

  /**
   * Asks it to go, as a kubelet does. {@return its exit code} Fails when it is still there after
   * {@code grace}.
   */
  int terminate(Duration grace) {
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        throw new AssertionError(
            name + " was still running " + grace.toSeconds() + " s after SIGTERM:\n" + tail());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while " + name + " ended", e);
    }
    RUNNING.remove(this);
    return process.exitValue();
  }

  /** Waits until it ends by itself; fails unless that is with exit code 0. */
  void awaitEnd(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        throw new AssertionError(name + " did not end well:\n" + tail());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while " + name + " ran", e);
    } finally {
      kill();
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** {@return the last lines of its log} */
  String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}

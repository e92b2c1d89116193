package dev.portcullis.cli;

import dev.portcullis.webhook.Limits;
import dev.portcullis.webhook.Settings;
import dev.portcullis.webhook.StartException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The times and limits of {@code portcullis serve}. */
final class ServeLimitOptions {
  @Option(
      names = "--shutdown-grace",
      paramLabel = "TIME",
      converter = Time.class,
      description = "How long a stop may take (default: 30s).")
  private Duration grace = Settings.Timing.STANDARD.shutdownGrace();

  @Option(
      names = "--shutdown-delay",
      paramLabel = "TIME",
      converter = Time.class,
      description = "How long to go on after /readyz says no (default: 3s, with --cluster 0s).")
  private @Nullable Duration delay;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "On each port; beyond, the slowest is closed for the next (default: 1000).")
  private int connections = Limits.STANDARD.connections();

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description =
          "Reviews of one client that wait for the cluster at once; more are answered 503 (default:"
              + " 512).")
  private int requests = Limits.STANDARD.requests();

  @Option(
      names = "--max-header-bytes",
      paramLabel = "N",
      description = "Longer headers are answered 431 (default: 16384).")
  private int headerBytes = Limits.STANDARD.headerBytes();

  @Option(
      names = "--read-timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "For a request to arrive (default: 15s).")
  private Duration read = Limits.STANDARD.read();

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "For a connection without requests (default: 90s).")
  private Duration idle = Limits.STANDARD.idle();

  @Option(
      names = "--handshake-timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "For a TLS handshake (default: 10s).")
  private Duration handshake = Limits.STANDARD.handshake();

  /** {@return the limits on connections and requests} */
  Limits limits() throws StartException {
    return new Limits(
        positive("--max-header-bytes", headerBytes),
        positive("--max-connections", connections),
        positive("--max-requests", requests),
        Limits.STANDARD.bodyMemory(),
        handshake,
        read,
        idle);
  }

  /** {@return the times of a stop; {@code folder} says that a folder stands for the cluster} */
  Settings.Timing timing(boolean folder) {
    Duration standard = folder ? Duration.ZERO : Settings.Timing.STANDARD.shutdownDelay();
    return new Settings.Timing(
        Settings.Timing.STANDARD.watch(),
        Settings.Timing.STANDARD.drain(),
        delay != null ? delay : standard,
        grace);
  }

  private static int positive(String flag, int value) throws StartException {
    if (value < 1) {
      throw new StartException(flag + " " + value + " must be at least 1");
    }
    return value;
  }
}

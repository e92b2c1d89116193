package dev.portcullis.webhook;

import java.time.Duration;

/**
 * Bounds on what clients may ask of the server.
 *
 * @param headerBytes the longest header of a request
 * @param connections how many may be open at once on each port; beyond, the slowest is closed
 * @param requests how many reviews of one client may wait for the cluster at once; more are
 *     answered 503
 * @param bodyMemory how many bytes of headers and bodies may be held at once; more are answered 503
 * @param handshake how long a TLS handshake may take
 * @param read how long a request may take to arrive, and a new connection to send its first
 * @param idle how long a connection is kept without a request
 */
public record Limits(
    int headerBytes,
    int connections,
    int requests,
    long bodyMemory,
    Duration handshake,
    Duration read,
    Duration idle) {
  /** The first length of a body that is too large, as in the reference. */
  public static final int BODY_BYTES = 3 * 1024 * 1024;

  /** From this length on a body is read and judged aside, so that nobody else waits for it. */
  static final int ASIDE_BYTES = 64 * 1024;

  /** How long a request may take to arrive while many others do. */
  static final Duration CONTENDED_READ = Duration.ofSeconds(1);

  private static final long MIN_ANSWER_MEMORY = 1024 * 1024;

  /**
   * Far above what API servers do, and small enough for the heap: bodies may fill a quarter of it.
   */
  public static final Limits STANDARD =
      new Limits(
          16 * 1024,
          1_000,
          512,
          Math.clamp(Runtime.getRuntime().maxMemory() / 4, 8L * 1024 * 1024, 256L * 1024 * 1024),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(90));

  /** Refuses bounds below one. */
  public Limits {
    if (headerBytes < 1 || connections < 1 || requests < 1 || bodyMemory < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** {@return how many bytes of answers may wait for clients that do not read them} */
  long answerMemory() {
    return Math.max(bodyMemory / 4, MIN_ANSWER_MEMORY);
  }
}

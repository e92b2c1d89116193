package dev.portcullis.webhook;

import java.time.Duration;

/**
 * Bounds on what clients may ask of the server.
 *
 * @param headerBytes the longest header of a request
 * @param connections how many may be open at once; more are closed at once
 * @param requests how many may be under way at once; more are answered 503
 * @param bodyMemory how many bytes of bodies may be held at once; more are answered 503
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

  /**
   * Far above what API servers do, and small enough for the heap: bodies may fill a quarter of it.
   */
  public static final Limits STANDARD =
      new Limits(
          64 * 1024,
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
}

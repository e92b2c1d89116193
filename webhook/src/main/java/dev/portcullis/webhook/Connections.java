package dev.portcullis.webhook;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections: how many, how long without a request, which were opened before the
 * certificate changed, and which have been told to end.
 *
 * <p>Counted in time without a complete request, not in bytes: a client that sends a header byte by
 * byte is as idle as one that sends nothing.
 */
final class Connections {
  /** How long requests of an HTTP/2 client that was told to go may be on their way. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** Longer than any review waits for the API server: the streams that are left end by then. */
  private static final Duration LAST_STREAMS = Duration.ofSeconds(45);

  /** For GOAWAY: the latest stream that has begun is the last one. */
  private static final int LATEST_STREAM = -1;

  private final Limits limits;
  private final Duration drain;
  private final LongSupplier clock;
  private final ConcurrentHashMap<HttpConnection, Tracked> open = new ConcurrentHashMap<>();
  private volatile long renewed;
  private volatile boolean stopping;

  Connections(Limits limits, Duration drain, LongSupplier clock) {
    this.limits = limits;
    this.drain = drain;
    this.clock = clock;
    this.renewed = clock.getAsLong();
  }

  /** A connection. Its own event loop writes, the sweep reads. */
  static final class Tracked {
    private final HttpConnection connection;
    final boolean http2;
    private final long opened;
    private volatile long used;
    private volatile int requests;
    private volatile int active;
    private volatile boolean told;

    private Tracked(HttpConnection connection, long now) {
      this.connection = connection;
      this.http2 = connection.protocolVersion() == HttpVersion.HTTP_2;
      this.opened = now;
      this.used = now;
    }
  }

  void opened(HttpConnection connection) {
    open.put(connection, new Tracked(connection, clock.getAsLong()));
    connection.closeHandler(closed -> open.remove(connection));
    connection.exceptionHandler(failure -> {});
  }

  @Nullable Tracked of(HttpConnection connection) {
    return open.get(connection);
  }

  int size() {
    return open.size();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One event loop writes.
  void began(Tracked tracked) {
    tracked.requests++;
    tracked.active++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One event loop writes.
  void ended(Tracked tracked) {
    tracked.active--;
    tracked.used = clock.getAsLong();
  }

  /** {@return whether this connection should end with the answer at hand} */
  boolean isLast(Tracked tracked) {
    return stopping || tracked.opened - renewed < 0;
  }

  /**
   * Tells an HTTP/2 client to open no more streams; on HTTP/1.1 the answer at hand says so.
   *
   * <p>In two steps, as RFC 9113 (6.8) advises: this GOAWAY refuses nothing, because requests may
   * be on their way; {@link #sweep} sends the one that names the last stream when they have
   * arrived. To shut the connection down here would lose them, and Netty takes the body of a stream
   * that GOAWAY refused for an error that ends the connection with the answers that are still due.
   */
  @SuppressWarnings("deprecation") // Vert.x would have us shut down.
  void announceEnd(Tracked tracked) {
    if (tracked.http2 && !tracked.told) {
      tracked.told = true;
      tracked.connection.goAway(0, Integer.MAX_VALUE);
    }
  }

  /** Ends an HTTP/1.1 connection whose last answer is written. */
  void answered(Tracked tracked) {
    if (!tracked.http2) {
      end(tracked);
    }
  }

  @SuppressWarnings("deprecation")
  private static void end(Tracked tracked) {
    if (tracked.told) {
      tracked.connection.goAway(0, LATEST_STREAM);
    }
    tracked.connection.shutdown(LAST_STREAMS);
  }

  /**
   * {@return whether a connection without a request may still bring one}: it has been silent for no
   * longer than this.
   */
  boolean mayAsk(Duration quiet) {
    long now = clock.getAsLong();
    for (Tracked tracked : open.values()) {
      if (tracked.active == 0 && now - tracked.used <= quiet.toNanos()) {
        return true;
      }
    }
    return false;
  }

  /** From now on each answer on a connection that is open already ends it. */
  void renew() {
    renewed = clock.getAsLong();
  }

  /** From now on each answer ends its connection. */
  void stop() {
    stopping = true;
  }

  /**
   * Ends connections that nobody uses, and those that outlived their certificate by the time for
   * draining.
   */
  void sweep() {
    long now = clock.getAsLong();
    boolean drained = now - renewed > drain.toNanos();
    for (Tracked tracked : open.values()) {
      if (tracked.active > 0) {
        continue;
      }
      Duration patience =
          tracked.told ? FAREWELL : tracked.requests == 0 ? limits.read() : limits.idle();
      if (now - tracked.used > patience.toNanos() || (drained && tracked.opened - renewed < 0)) {
        end(tracked);
      }
    }
  }
}

package dev.portcullis.webhook;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections: how many, how long without a request, and which were opened before the
 * certificate changed.
 *
 * <p>Counted in time without a complete request, not in bytes: a client that sends a header byte by
 * byte is as idle as one that sends nothing.
 */
final class Connections {
  private final Limits limits;
  private final Duration drain;
  private final LongSupplier clock;
  private final ServerMetrics metrics;
  private final ConcurrentHashMap<HttpConnection, Tracked> open = new ConcurrentHashMap<>();
  private volatile long renewed;
  private volatile boolean stopping;

  Connections(Limits limits, Duration drain, ServerMetrics metrics, LongSupplier clock) {
    this.limits = limits;
    this.drain = drain;
    this.clock = clock;
    this.metrics = metrics;
    this.renewed = clock.getAsLong();
  }

  /** A connection. Its own event loop writes, the sweep reads. */
  static final class Tracked {
    final HttpConnection connection;
    final boolean http2;
    private final long opened;
    private volatile long used;
    private volatile int requests;
    private volatile int active;

    private Tracked(HttpConnection connection, long now) {
      this.connection = connection;
      this.http2 = connection.protocolVersion() == HttpVersion.HTTP_2;
      this.opened = now;
      this.used = now;
    }
  }

  void opened(HttpConnection connection) {
    if (open.size() >= limits.connections()) {
      metrics.rejected(Rejection.CONNECTION_LIMIT);
      connection.close();
      return;
    }
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
      Duration patience = tracked.requests == 0 ? limits.read() : limits.idle();
      if (now - tracked.used > patience.toNanos() || (drained && tracked.opened - renewed < 0)) {
        tracked.connection.shutdown(Duration.ofSeconds(5));
      }
    }
  }
}

package dev.portcullis.webhook;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How long a client may leave an answer unread while the server stops. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Limits limits;
  private final Duration drain;
  private final Sockets sockets;
  private final InFlight inFlight;
  private final LongSupplier clock;
  private final ConcurrentHashMap<HttpConnection, Tracked> open = new ConcurrentHashMap<>();
  private volatile long renewed;
  private volatile boolean stopping;

  Connections(
      Limits limits, Duration drain, Sockets sockets, InFlight inFlight, LongSupplier clock) {
    this.limits = limits;
    this.drain = drain;
    this.sockets = sockets;
    this.inFlight = inFlight;
    this.clock = clock;
    this.renewed = clock.getAsLong();
  }

  /** A connection. Its own event loop writes, others read. */
  static final class Tracked implements OpenSocket.Activity {
    final InFlight.Client client;
    final boolean http2;
    private final HttpConnection connection;
    private final @Nullable OpenSocket socket;
    private final long opened;
    private final AtomicLong unread = new AtomicLong();
    private final AtomicInteger reviews = new AtomicInteger();
    private volatile long used;
    private volatile long taken;
    private volatile int requests;
    private volatile int active;
    private volatile boolean told;

    private Tracked(
        HttpConnection connection, @Nullable OpenSocket socket, InFlight.Client client, long now) {
      this.connection = connection;
      this.socket = socket;
      this.client = client;
      this.http2 = connection.protocolVersion() == HttpVersion.HTTP_2;
      this.opened = now;
      this.used = now;
      this.taken = now;
    }

    /** Ends it at once: what a client does not read would be sent first. */
    private void drop() {
      if (socket != null) {
        socket.drop();
      }
    }

    /** A request has arrived whole: what is left to do is ours. */
    void arrived(long now) {
      used = now;
      reviews.incrementAndGet();
    }

    /** What was left to do for a request that had arrived is done. */
    void reviewed() {
      reviews.decrementAndGet();
    }

    @Override
    public boolean isOurTurn() {
      return reviews.get() > 0;
    }

    @Override
    public boolean isIncomplete() {
      return active > reviews.get() || requests == 0;
    }

    @Override
    public int requests() {
      return requests;
    }

    @Override
    public boolean isAsking() {
      return active > 0;
    }

    @Override
    public long lastHeard() {
      return used;
    }
  }

  void opened(HttpConnection connection) {
    OpenSocket socket = sockets.of(connection);
    InFlight.Client client = inFlight.connected(socket == null ? "" : socket.address());
    var tracked = new Tracked(connection, socket, client, clock.getAsLong());
    if (socket != null) {
      socket.speaks(tracked);
    }
    open.put(connection, tracked);
    connection.closeHandler(closed -> {
      open.remove(connection);
      inFlight.disconnected(client);
    });
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

  /** Lets a request be answered at once, unless its client leaves the answers before unread. */
  void asked(HttpServerRequest http, Handler<HttpServerRequest> answer) {
    Tracked tracked = of(http.connection());
    if (tracked == null) {
      return;
    }
    if (http.response().writeQueueFull()) {
      tracked.drop();
      return;
    }
    began(tracked);
    answer.handle(http);
    ended(tracked);
  }

  /** {@return whether this connection should end with the answer at hand} */
  private boolean isLast(Tracked tracked) {
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
  private void announceEnd(Tracked tracked) {
    if (tracked.http2 && !tracked.told) {
      tracked.told = true;
      tracked.connection.goAway(0, Integer.MAX_VALUE);
    }
  }

  /**
   * Ends a response with {@code content}, and its connection with that if {@code close} says so or
   * if this is its last; ends the connection at once if its client leaves too much unread. {@return
   * when all is written}
   */
  Future<Void> send(Tracked tracked, HttpServerResponse response, Buffer content, boolean close) {
    int size = content.length();
    if (!inFlight.answers.take(tracked.client.answers, size)) {
      tracked.drop();
      return Future.failedFuture("too much is unread");
    }
    boolean last = close || isLast(tracked);
    if (last) {
      announceEnd(tracked);
      if (!tracked.http2) {
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
    }
    if (tracked.unread.getAndAdd(size) == 0) {
      tracked.taken = clock.getAsLong();
    }
    Future<Void> written = response.end(content);
    written.onComplete(done -> {
      inFlight.answers.giveBack(tracked.client.answers, size);
      tracked.taken = clock.getAsLong();
      tracked.unread.addAndGet(-size);
      if (last && !tracked.http2) {
        end(tracked);
      }
    });
    return written;
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
   * Ends connections that nobody uses, those whose answers nobody reads, and those that outlived
   * their certificate by the time for draining.
   */
  void sweep() {
    long now = clock.getAsLong();
    boolean drained = now - renewed > drain.toNanos();
    Duration unread = stopping ? LAST_WORDS : limits.read();
    for (Tracked tracked : open.values()) {
      if (tracked.unread.get() > 0 && now - tracked.taken > unread.toNanos()) {
        tracked.drop();
      }
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

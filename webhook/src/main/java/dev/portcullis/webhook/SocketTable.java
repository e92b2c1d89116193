package dev.portcullis.webhook;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The open sockets of a port. Where there are too many, the next takes the place of the slowest
 * one: of those that have kept the server waiting for a second, else of those that wait for
 * nothing, the one that was heard least recently of the address that has most of them.
 *
 * <p>So a thousand silent sockets keep nobody out, and a client with hundreds of busy ones loses
 * none of them to a newcomer.
 */
final class SocketTable {
  private static final long SLOW_NANOS = Limits.CONTENDED_READ.toNanos();

  private final int limit;
  private final long unaskedLimit;
  private final Runnable refused;
  private final ConcurrentHashMap<InetSocketAddress, OpenSocket> open = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong unasked = new AtomicLong();

  /**
   * Allows so many sockets, and so many bytes that are no request yet; {@code refused} is told of
   * each socket that had to go.
   */
  SocketTable(int limit, long unaskedLimit, Runnable refused) {
    this.limit = limit;
    this.unaskedLimit = unaskedLimit;
    this.refused = refused;
  }

  /** {@return whether there is room for this socket}, made or found */
  boolean admit(OpenSocket next, long now) {
    if (count.incrementAndGet() > limit) {
      OpenSocket slowest = slowest(now);
      // Those that are closing can lag behind; past twice the limit nobody comes in.
      if (slowest == null || open.size() >= 2 * limit || !drop(slowest)) {
        count.decrementAndGet();
        refused.run();
        return false;
      }
    }
    open.put(next.remote(), next);
    return true;
  }

  @Nullable OpenSocket at(InetSocketAddress remote) {
    return open.get(remote);
  }

  int size() {
    return count.get();
  }

  /** Takes note of bytes that are no request yet, or, when negative, have become one. */
  void unasked(long more) {
    if (unasked.addAndGet(more) > unaskedLimit && more > 0) {
      OpenSocket most =
          ofLargest(open.values(), socket -> socket.unasked() > 0, OpenSocket::unasked);
      if (most != null) {
        drop(most);
      }
    }
  }

  void closed(OpenSocket socket) {
    open.remove(socket.remote(), socket);
  }

  /** One is closed, or will be in a moment. */
  void left() {
    count.decrementAndGet();
  }

  private boolean drop(OpenSocket socket) {
    if (!socket.drop()) {
      return false;
    }
    refused.run();
    return true;
  }

  private @Nullable OpenSocket slowest(long now) {
    long before = now - SLOW_NANOS;
    OpenSocket slow =
        ofLargest(
            open.values(),
            socket -> !socket.isOurTurn() && socket.isSlow(before),
            socket -> now - socket.lastHeard());
    return slow != null
        ? slow
        : ofLargest(
            open.values(), socket -> !socket.isOurTurn(), socket -> now - socket.lastHeard());
  }

  /** {@return of the address with most of the candidates the one with the largest value} */
  private static @Nullable OpenSocket ofLargest(
      Collection<OpenSocket> sockets,
      Predicate<OpenSocket> candidate,
      ToLongFunction<OpenSocket> value) {
    Map<String, Integer> held = new HashMap<>();
    int most = 0;
    for (OpenSocket socket : sockets) {
      if (!socket.isDropped() && candidate.test(socket)) {
        most = Math.max(most, held.merge(socket.address(), 1, Integer::sum));
      }
    }
    OpenSocket largest = null;
    long best = Long.MIN_VALUE;
    for (OpenSocket socket : sockets) {
      if (!socket.isDropped()
          && candidate.test(socket)
          && held.getOrDefault(socket.address(), 0) >= most
          && value.applyAsLong(socket) > best) {
        best = value.applyAsLong(socket);
        largest = socket;
      }
    }
    return largest;
  }
}

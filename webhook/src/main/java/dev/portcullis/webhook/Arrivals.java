package dev.portcullis.webhook;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The requests whose body is not there yet or waits for a thread: how many, and how many bytes they
 * hold.
 *
 * <p>Where there is no room, the next takes the place of the oldest of the connection that holds
 * most, of the address that holds most, if that is more than its own. So however much others leave
 * half sent, whoever holds little finds room, and a client that is alone may fill all.
 */
final class Arrivals {
  private final int maxRequests;
  private final long maxBytes;
  private final Duration patience;
  private final Set<Lane> busy = new HashSet<>();
  private int requests;
  private long bytes;
  private volatile boolean stopping;

  /** Takes so many requests and bytes, and requests that take no longer than {@code patience}. */
  Arrivals(int maxRequests, long maxBytes, Duration patience) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
    this.patience = patience;
  }

  /** What a connection holds, or, if it is of nobody, all connections of an address. */
  static final class Lane {
    private final @Nullable Lane address;
    private final LinkedHashSet<Exchange> arriving = new LinkedHashSet<>();
    private long requests;
    private long bytes;

    /** An address. */
    Lane() {
      this.address = null;
    }

    /** A connection of {@code address}. */
    Lane(Lane address) {
      this.address = address;
    }

    private Lane top() {
      return address == null ? this : address;
    }
  }

  /** Takes in a request; {@return false if its connection holds more than its share} */
  boolean add(Exchange exchange, Lane lane) {
    Exchange victim = null;
    synchronized (this) {
      if (requests >= maxRequests) {
        victim = victim(lane, 1, one -> one.requests);
        if (victim == null) {
          return false;
        }
        take(victim);
      }
      lane.arriving.add(exchange);
      count(lane, 1, 0);
    }
    if (victim != null) {
      victim.giveUp();
    }
    return true;
  }

  /** Gives a request more bytes; {@return false if its connection holds more than its share} */
  boolean grow(Exchange exchange, long more) {
    List<Exchange> victims = List.of();
    synchronized (this) {
      Lane lane = exchange.lane();
      if (!lane.arriving.contains(exchange)) {
        return false;
      }
      while (bytes + more > maxBytes) {
        Exchange victim = victim(lane, more, one -> one.bytes);
        if (victim == null || victim == exchange) {
          break;
        }
        take(victim);
        victims = victims.isEmpty() ? new java.util.ArrayList<>() : victims;
        victims.add(victim);
      }
      if (bytes + more <= maxBytes) {
        exchange.held += more;
        count(lane, 0, more);
        more = 0;
      }
    }
    victims.forEach(Exchange::giveUp);
    return more == 0;
  }

  /**
   * Lets a request go, with its bytes; {@return false if it had to make room for another before}
   */
  synchronized boolean remove(Exchange exchange) {
    return take(exchange);
  }

  private boolean take(Exchange exchange) {
    Lane lane = exchange.lane();
    if (!lane.arriving.remove(exchange)) {
      return false;
    }
    count(lane, -1, -exchange.held);
    exchange.held = 0;
    return true;
  }

  private void count(Lane lane, int more, long moreBytes) {
    requests += more;
    bytes += moreBytes;
    lane.requests += more;
    lane.bytes += moreBytes;
    Lane top = lane.top();
    if (top != lane) {
      top.requests += more;
      top.bytes += moreBytes;
    }
    if (lane.requests == 0) {
      busy.remove(lane);
    } else if (more > 0) {
      busy.add(lane);
    }
  }

  /** {@return who makes room for what a connection wants, null if it holds most itself} */
  private @Nullable Exchange victim(Lane wanting, long more, ToLongFunction<Lane> held) {
    Lane most = null;
    for (Lane lane : busy) {
      if (most == null
          || compare(lane.top(), most.top(), held) > 0
          || (lane.top() == most.top() && compare(lane, most, held) > 0)) {
        most = lane;
      }
    }
    if (most == null) {
      return null;
    }
    if (most.top() == wanting.top()
        || held.applyAsLong(most.top()) <= held.applyAsLong(wanting.top()) + more) {
      most = heaviestOf(wanting.top(), held);
      if (most == null || held.applyAsLong(most) <= held.applyAsLong(wanting) + more) {
        return null;
      }
    }
    return most.arriving.getFirst();
  }

  private @Nullable Lane heaviestOf(Lane address, ToLongFunction<Lane> held) {
    Lane most = null;
    for (Lane lane : busy) {
      if (lane.top() == address && (most == null || compare(lane, most, held) > 0)) {
        most = lane;
      }
    }
    return most;
  }

  private static int compare(Lane a, Lane b, ToLongFunction<Lane> held) {
    return Long.compare(held.applyAsLong(a), held.applyAsLong(b));
  }

  /** From now on nobody may take long. */
  void stop() {
    stopping = true;
  }

  /**
   * Gives up requests that take too long to arrive, which is a second when half of all room is
   * taken or the server stops.
   */
  void sweep() {
    Set<Exchange> slow = new HashSet<>();
    long now = System.nanoTime();
    synchronized (this) {
      boolean contended = stopping || requests > maxRequests / 2 || bytes > maxBytes / 2;
      Duration longest =
          contended && patience.compareTo(Limits.CONTENDED_READ) > 0
              ? Limits.CONTENDED_READ
              : patience;
      for (Lane lane : busy) {
        for (Exchange exchange : lane.arriving) {
          if (now - exchange.began() > longest.toNanos()) {
            slow.add(exchange);
          }
        }
      }
    }
    slow.forEach(Exchange::hurry);
  }
}

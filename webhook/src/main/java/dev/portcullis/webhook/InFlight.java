package dev.portcullis.webhook;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests are under way, and how many bytes of bodies they hold. */
final class InFlight {
  private final Limits limits;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  InFlight(Limits limits) {
    this.limits = limits;
  }

  boolean enter() {
    if (requests.incrementAndGet() > limits.requests()) {
      requests.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    requests.decrementAndGet();
  }

  boolean take(long more) {
    if (bytes.addAndGet(more) > limits.bodyMemory()) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  void giveBack(long taken) {
    bytes.addAndGet(-taken);
  }

  int requests() {
    return requests.get();
  }
}

package dev.portcullis.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few lists of pods run at once, and one of each namespace: a list is the most expensive thing
 * that a request can ask for, of us and of the API server. Whoever has to wait does so in order.
 */
final class ListGate {
  private final Semaphore all;
  private final Map<String, Turn> turns = new HashMap<>();

  /** Whose turn it is in one namespace, and how many want it. */
  private static final class Turn {
    final Semaphore free = new Semaphore(1, true);
    int wanted;
  }

  ListGate(int most) {
    this.all = new Semaphore(most, true);
  }

  /** {@return whether a list may run}, which {@link #leave} must be told of when it is over. */
  boolean enter(String namespace, Deadline deadline) {
    Turn turn = want(namespace);
    // The namespace first: who waits for another list of it holds up nobody else.
    if (acquire(turn.free, deadline)) {
      if (acquire(all, deadline)) {
        return true;
      }
      turn.free.release();
    }
    forget(namespace);
    return false;
  }

  synchronized void leave(String namespace) {
    all.release();
    Turn turn = turns.get(namespace);
    if (turn != null) {
      turn.free.release();
    }
    forget(namespace);
  }

  private static boolean acquire(Semaphore semaphore, Deadline deadline) {
    try {
      // Nearly always at once, without asking what time it is.
      return semaphore.tryAcquire(0, TimeUnit.NANOSECONDS)
          || semaphore.tryAcquire(Math.max(0, deadline.remaining()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized Turn want(String namespace) {
    Turn turn = turns.computeIfAbsent(namespace, name -> new Turn());
    turn.wanted++;
    return turn;
  }

  private synchronized void forget(String namespace) {
    Turn turn = turns.get(namespace);
    if (turn != null && --turn.wanted == 0) {
      turns.remove(namespace);
    }
  }
}

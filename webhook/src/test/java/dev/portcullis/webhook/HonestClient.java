package dev.portcullis.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Asks twenty reviews a second, mostly on connections that are kept, and checks every answer. */
final class HonestClient implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(50);
  private static final int KEPT = 4;

  private final int port;
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(8, Thread.ofPlatform().daemon().factory());
  private final Client[] kept = new Client[KEPT];
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile String meanwhile = "nothing";
  private volatile boolean warm;

  @SuppressWarnings("FutureReturnValueIgnored") // ask keeps every failure itself
  HonestClient(int port) {
    this.port = port;
    // One task for each connection: none asks twice at once.
    for (int i = 0; i <= KEPT; i++) {
      int lane = i;
      clock.scheduleAtFixedRate(
          () -> ask(lane),
          lane * PERIOD.toMillis(),
          (KEPT + 1) * PERIOD.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /** From now on answers must come in time: this side has loaded and compiled what it needs. */
  void isWarm() {
    warm = true;
    longest.set(0);
  }

  /** Names what is going on, for the failures that it brings. */
  void meanwhile(String what) {
    meanwhile = what;
  }

  private void ask(int lane) {
    String uid = "honest-" + asked.incrementAndGet();
    boolean privileged = uid.hashCode() % 3 == 0;
    long began = System.nanoTime();
    try {
      String body = lane < KEPT ? onKept(lane, uid, privileged) : onNew(uid, privileged);
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      longest.accumulateAndGet(took, Math::max);
      String expected = privileged ? Reviews.denied(uid) : Reviews.allowed(uid);
      if (!body.equals(expected)) {
        failures.add(meanwhile + ": " + uid + " got " + body);
      } else if (warm && took > 1_000) {
        failures.add(meanwhile + ": " + uid + " took " + took + " ms");
      } else {
        answered.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      failures.add(meanwhile + ": " + uid + " met " + e);
    }
  }

  private String onKept(int lane, String uid, boolean privileged) throws IOException {
    String review = Reviews.pod(uid, "base", privileged);
    Client client = kept[lane];
    if (client != null) {
      try {
        Client.Reply reply = client.review(review);
        if (reply.closes()) {
          drop(lane);
        }
        return reply.body();
      } catch (IOException closed) {
        // As every client of HTTP/1.1 does when a kept connection turns out to be closed.
        drop(lane);
      }
    }
    kept[lane] = Client.connect(port);
    return kept[lane].review(review).body();
  }

  private void drop(int lane) {
    Client client = kept[lane];
    kept[lane] = null;
    if (client != null) {
      client.close();
    }
  }

  private String onNew(String uid, boolean privileged) throws IOException {
    try (Client client = Client.connect(port)) {
      return client.review(Reviews.pod(uid, "base", privileged)).body();
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int answered() {
    return answered.get();
  }

  /** {@return the longest time of an answer since the last call, in milliseconds} */
  long longest() {
    return longest.getAndSet(0);
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      clock.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

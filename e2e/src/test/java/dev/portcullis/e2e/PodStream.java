package dev.portcullis.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/** A steady stream of pod creations, every tenth of them violating, and what became of them. */
final class PodStream implements AutoCloseable {
  static final String VIOLATING = "violating-";

  private static final int IN_FLIGHT = 64;

  private final ApiClient client;
  private final String namespace;
  private final long pause;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final Thread thread;
  private Tally tally = new Tally();
  private int cleanInARow;
  private volatile boolean closed;

  /** What became of the requests of one phase. */
  static final class Tally {
    int stored;
    int denied;
    int violatingStored;
    int wronglyDenied;
    final Map<String, Integer> failed = new TreeMap<>();

    int failures() {
      return failed.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
      return "stored %d, denied %d, violating stored %d, wrongly denied %d, failed %d %s"
          .formatted(stored, denied, violatingStored, wronglyDenied, failures(), failed);
    }
  }

  private PodStream(ApiClient client, String namespace, int perSecond) {
    this.client = client;
    this.namespace = namespace;
    this.pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.thread = Thread.ofVirtual().name("pod stream").unstarted(this::run);
  }

  static PodStream start(ApiClient client, String namespace, int perSecond) {
    var stream = new PodStream(client, namespace, perSecond);
    stream.thread.start();
    return stream;
  }

  /** {@return what has happened since the last cut} */
  synchronized Tally cut() {
    Tally past = tally;
    tally = new Tally();
    return past;
  }

  /** Returns after so many requests in a row that were answered as they should be. */
  void awaitClean(int requests, Duration within) {
    synchronized (this) {
      cleanInARow = 0;
    }
    Eventually.holds(
        requests + " requests in a row are answered", within, () -> cleanInARow() >= requests);
  }

  private synchronized int cleanInARow() {
    return cleanInARow;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
      inFlight.acquire(IN_FLIGHT);
      inFlight.release(IN_FLIGHT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long next = System.nanoTime();
    for (int number = 1; !closed; number++) {
      if (inFlight.tryAcquire()) {
        int mine = number;
        Thread.ofVirtual().start(() -> create(mine));
      } else {
        failed("not sent: " + IN_FLIGHT + " requests wait for an answer");
      }
      next += pause;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void create(int number) {
    boolean violating = number % 10 == 0;
    try {
      ApiResponse response =
          client.create(
              "/api/v1/namespaces/" + namespace + "/pods",
              pod((violating ? VIOLATING : "good-") + number, violating));
      count(violating, response);
    } catch (UncheckedIOException e) {
      failed("no answer: " + e.getCause().getClass().getSimpleName());
    } finally {
      inFlight.release();
    }
  }

  private synchronized void count(boolean violating, ApiResponse response) {
    boolean refused = response.code() == 403 && response.message().contains("violates PodSecurity");
    if (response.succeeded() && violating) {
      tally.violatingStored++;
    } else if (refused && !violating) {
      tally.wronglyDenied++;
    } else if (response.succeeded()) {
      tally.stored++;
      cleanInARow++;
    } else if (refused) {
      tally.denied++;
      cleanInARow++;
    } else {
      failed(response.code() + ": " + reason(response.message()));
    }
  }

  private synchronized void failed(String why) {
    tally.failed.merge(why, 1, Integer::sum);
    cleanInARow = 0;
  }

  /** The message without what differs from request to request. */
  private static String reason(String message) {
    return message
        .replaceAll("127\\.0\\.0\\.1:[0-9]+", "<address>")
        .replaceAll("\\?timeout=[0-9.a-z]+", "");
  }

  /** {@return a pod that restricted admits, or refuses for one reason only} */
  static ObjectNode pod(String name, boolean violating) {
    ObjectNode pod = ApiClient.JSON.createObjectNode();
    pod.putObject("metadata").put("name", name);
    ObjectNode spec = pod.putObject("spec");
    ObjectNode security = spec.putObject("securityContext").put("runAsNonRoot", true);
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "c").put("image", "registry.example.com/shop/cart:1");
    ObjectNode own = container.putObject("securityContext");
    own.put("allowPrivilegeEscalation", violating);
    own.putObject("capabilities").putArray("drop").add("ALL");
    return pod;
  }
}

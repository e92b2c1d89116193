package dev.portcullis.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a cluster does all day, without a break: pods are created, labels changed, finalizers
 * removed, Jobs run; one request of twelve creates a violating pod.
 *
 * <p>A violating pod that was stored is a fault only if the webhook was registered, with Fail and
 * its rules, two seconds before the request until its end: so long an API server may take to learn
 * of a registration.
 */
final class LifeStream implements AutoCloseable {
  private static final int PER_SECOND = 12;
  private static final int IN_FLIGHT = 64;
  private static final long LEARNS = TimeUnit.SECONDS.toNanos(2);
  private static final String ENFORCING =
      "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/"
          + Registration.RELEASE
          + "-enforcing";

  private final ApiClient client;
  private final String folder;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final List<Thread> threads;
  private final List<String> jobs = new ArrayList<>();
  private Tally tally = new Tally();
  private int cleanInARow;
  private @Nullable Long inForceSince;
  private int unjudged;
  private volatile boolean closed;

  /** What became of the requests of one phase. */
  static final class Tally {
    final Map<String, Integer> sent = new TreeMap<>();
    final Map<String, Integer> failed = new TreeMap<>();
    final Map<String, Integer> reasons = new TreeMap<>();
    int violatingStored;
    int violatingStoredUnregistered;
    int violatingRefused;
    int wronglyDenied;

    int failures() {
      return failed.values().stream().mapToInt(Integer::intValue).sum();
    }

    int requests() {
      return sent.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
      return ("failed %d of %d; violating: refused %d, stored %d, stored while not registered %d;"
              + " failed by kind %s of %s; %s")
          .formatted(
              failures(),
              requests(),
              violatingRefused,
              violatingStored,
              violatingStoredUnregistered,
              failed,
              sent,
              reasons);
    }
  }

  private LifeStream(ApiClient client, String namespace) {
    this.client = client;
    this.folder = "/api/v1/namespaces/" + namespace;
    this.threads =
        List.of(
            Thread.ofVirtual().name("life stream").unstarted(this::run),
            Thread.ofVirtual().name("registration").unstarted(this::watchRegistration));
  }

  /** Starts in a namespace that is there, in which nothing enforces yet. */
  static LifeStream start(ApiClient client, String namespace) {
    var stream = new LifeStream(client, namespace);
    client.create(stream.folder + "/pods", PodStream.pod("base", false)).expectSuccess();
    stream.threads.forEach(Thread::start);
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
        requests + " requests in a row are answered; " + this, within, () -> clean() >= requests);
  }

  private synchronized int clean() {
    return cleanInARow;
  }

  /** Returns when violating pods are refused, so many in a row. */
  void awaitEnforced(Duration within) {
    int before = refused();
    Eventually.holds("violating pods are refused; " + this, within, () -> refused() >= before + 3);
  }

  private synchronized int refused() {
    return tally.violatingRefused;
  }

  /** {@return how many Jobs there were} Returns when all of them are complete. */
  int awaitJobs(Duration within) {
    List<String> left;
    synchronized (this) {
      left = new ArrayList<>(jobs);
    }
    int all = left.size();
    Eventually.holds(
        "Jobs complete",
        within,
        () -> {
          left.removeIf(job ->
              client.get(jobsFolder() + "/" + job).body().at("/status/succeeded").asInt(0) == 1);
          return left.isEmpty();
        });
    return all;
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      inFlight.acquire(IN_FLIGHT);
      inFlight.release(IN_FLIGHT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long next = System.nanoTime();
    for (int number = 1; !closed; number++) {
      int mine = number;
      if (inFlight.tryAcquire()) {
        Thread.ofVirtual().start(() -> send(mine));
      } else {
        failed(kind(mine), "not sent: " + IN_FLIGHT + " requests wait for an answer");
      }
      next += TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static String kind(int number) {
    return switch (number % PER_SECOND) {
      case 0 -> "violating";
      case 1, 2 -> "label";
      case 3, 4 -> "finalizer";
      case 5 -> number % (3 * PER_SECOND) == 5 ? "job" : "create";
      default -> "create";
    };
  }

  private void send(int number) {
    String kind = kind(number);
    long began = System.nanoTime();
    try {
      ApiResponse response =
          switch (kind) {
            case "violating", "create" ->
                client.create(
                    folder + "/pods", PodStream.pod(kind + "-" + number, kind.equals("violating")));
            case "label" -> patch("labels", Map.of("changed", "by-" + number));
            case "finalizer" -> {
              ApiResponse added = patch("finalizers", List.of("example.com/held"));
              yield added.succeeded() ? patch("finalizers", List.of()) : added;
            }
            default -> client.create(jobsFolder(), job(number));
          };
      count(kind, number, began, response);
    } catch (UncheckedIOException e) {
      failed(kind, "no answer: " + e.getCause().getClass().getSimpleName());
    } finally {
      inFlight.release();
    }
  }

  private ApiResponse patch(String field, Object value) {
    return client.mergePatch(
        folder + "/pods/base",
        ApiClient.JSON.valueToTree(Map.of("metadata", Map.of(field, value))));
  }

  private String jobsFolder() {
    return folder.replace("/api/v1/", "/apis/batch/v1/") + "/jobs";
  }

  private static ObjectNode job(int number) {
    ObjectNode pod = PodStream.pod("unused", false);
    ((ObjectNode) pod.path("spec")).put("restartPolicy", "Never");
    ObjectNode job = ApiClient.JSON.createObjectNode();
    job.putObject("metadata").put("name", "job-" + number);
    job.putObject("spec").putObject("template").set("spec", pod.path("spec"));
    return job;
  }

  private synchronized void count(String kind, int number, long began, ApiResponse response) {
    boolean refused = response.code() == 403 && response.message().contains("violates PodSecurity");
    boolean violating = kind.equals("violating");
    tally.sent.merge(kind, 1, Integer::sum);
    if (response.succeeded() && violating) {
      Long since = inForceSince;
      if (since != null && began - since > LEARNS) {
        unjudged++;
      } else {
        tally.violatingStoredUnregistered++;
      }
    } else if (refused && violating) {
      tally.violatingRefused++;
      cleanInARow++;
    } else if (refused) {
      tally.wronglyDenied++;
    } else if (response.succeeded()) {
      cleanInARow++;
      if (kind.equals("job")) {
        jobs.add("job-" + number);
      }
    } else {
      tally.sent.merge(kind, -1, Integer::sum);
      failed(kind, response.code() + ": " + reason(response.message()));
    }
  }

  private synchronized void failed(String kind, String why) {
    tally.sent.merge(kind, 1, Integer::sum);
    tally.failed.merge(kind, 1, Integer::sum);
    tally.reasons.merge(why, 1, Integer::sum);
    cleanInARow = 0;
  }

  /** The message without what differs from request to request. */
  private static String reason(String message) {
    return message
        .replaceAll("127\\.0\\.0\\.1:[0-9]+", "<address>")
        .replaceAll("(create|violating|job|base)-[0-9]+", "<name>")
        .replaceAll("\\?timeout=[0-9.a-z]+", "");
  }

  private void watchRegistration() {
    while (!closed) {
      try {
        boolean inForce = inForce(client.get(ENFORCING).body());
        synchronized (this) {
          // One that was stored since the last look is a fault only if the webhook is still there.
          if (inForce) {
            tally.violatingStored += unjudged;
          } else {
            tally.violatingStoredUnregistered += unjudged;
          }
          unjudged = 0;
          if (!inForce) {
            inForceSince = null;
          } else if (inForceSince == null) {
            inForceSince = System.nanoTime();
          }
        }
      } catch (UncheckedIOException e) {
        // It stays as it was while nobody can change it.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean inForce(JsonNode configuration) {
    for (JsonNode webhook : configuration.path("webhooks")) {
      if (webhook.path("failurePolicy").asString("").equals("Fail")
          && !webhook.path("rules").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized String toString() {
    return tally.toString();
  }
}

package dev.portcullis.e2e;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says of every pending pod that it runs and is ready: without nodes nobody else does, and rollouts
 * never finish.
 */
final class StandInKubelet implements AutoCloseable {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final ApiClient client;
  private final Thread thread;
  private volatile boolean closed;

  private StandInKubelet(ApiClient client) {
    this.client = client;
    this.thread = Thread.ofVirtual().name("stand-in kubelet").unstarted(this::run);
  }

  static StandInKubelet start(ApiClient client) {
    var kubelet = new StandInKubelet(client);
    kubelet.thread.start();
    return kubelet;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        JsonNode pending = client.get("/api/v1/pods?fieldSelector=status.phase%3DPending").body();
        pending.path("items").forEach(this::makeReady);
      } catch (UncheckedIOException e) {
        // The API server is being restarted; it will be there again.
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void makeReady(JsonNode pod) {
    String path =
        "/api/v1/namespaces/%s/pods/%s/status"
            .formatted(
                pod.at("/metadata/namespace").asString(), pod.at("/metadata/name").asString());
    // A pod deleted meanwhile is no fault.
    client.mergePatch(path, running());
  }

  private static ObjectNode running() {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    ObjectNode status = patch.putObject("status").put("phase", "Running").put("startTime", now);
    var conditions = status.putArray("conditions");
    for (String type : new String[] {"PodScheduled", "Initialized", "ContainersReady", "Ready"}) {
      conditions.addObject().put("type", type).put("status", "True").put("lastTransitionTime", now);
    }
    return patch;
  }
}

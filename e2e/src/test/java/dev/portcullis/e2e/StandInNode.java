package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node with everything that ours needs of one: it runs the pods of Portcullis as processes, says
 * of other pods that they run, of a Job's that they are done, and leads the Service's address to
 * the replicas that are ready.
 */
final class StandInNode implements AutoCloseable {
  /** Pods whose image has this in its name are never started. */
  static final String NO_IMAGE = "never";

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String OWN = "/api/v1/namespaces/" + Registration.NAMESPACE;

  private final ApiClient client;
  private final OwnPod.Surroundings surroundings;
  private final Map<String, OwnPod> own = new ConcurrentHashMap<>();
  private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
  private final Map<String, Boolean> told = new HashMap<>();
  private final Map<String, Boolean> ending = new ConcurrentHashMap<>();
  private final ServiceAddress service = new ServiceAddress();
  private final List<Thread> threads;
  private volatile boolean closed;

  private StandInNode(ApiServer server, Path folder, Map<String, String> environment) {
    this.client = server.admin();
    this.surroundings = new OwnPod.Surroundings(folder, server, environment);
    this.threads =
        List.of(
            Thread.ofVirtual().name("probes").unstarted(() -> repeat(this::tend)),
            Thread.ofVirtual().name("own pods").unstarted(() -> repeat(this::ownPods)),
            Thread.ofVirtual().name("other pods").unstarted(() -> repeat(this::otherPods)));
  }

  static StandInNode start(ApiServer server, Path folder, Map<String, String> environment) {
    var node = new StandInNode(server, folder, environment);
    node.threads.forEach(Thread::start);
    return node;
  }

  /** {@return the pods of Portcullis that run here} */
  List<OwnPod> replicas() {
    return List.copyOf(own.values());
  }

  /** {@return the sum of a metric's series over all replicas that answer} */
  double metric(String series) {
    return own.values().stream().mapToDouble(pod -> pod.metric(series)).sum();
  }

  private void repeat(Runnable round) {
    while (!closed) {
      try {
        round.run();
      } catch (UncheckedIOException | AssertionError e) {
        // The API server is away, or etcd is; it will be there again.
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** What a kubelet does without an API server: probes, and the Service's address. */
  private void tend() {
    var ports = new ArrayList<Integer>();
    own.forEach((name, pod) -> {
      boolean isReady = !ending.containsKey(name) && pod.tend();
      ready.put(name, isReady);
      if (isReady) {
        ports.add(pod.port());
      }
    });
    service.leadTo(ports);
  }

  private void ownPods() {
    var pods = new HashMap<String, JsonNode>();
    for (JsonNode pod :
        client
            .get(OWN + "/pods?labelSelector=app.kubernetes.io%2Fname%3Dportcullis")
            .expectSuccess()
            .body()
            .path("items")) {
      pods.put(pod.at("/metadata/name").asString(), pod);
    }
    own.forEach((name, pod) -> {
      if (!pods.containsKey(name) && own.remove(name) != null) {
        // A pod that no scheduler bound is gone at once; its process still has its grace.
        service.leaveOut(pod.port());
        Thread.ofVirtual().start(pod::terminate);
      }
    });
    pods.forEach(this::own);
    ready.forEach((name, isReady) -> {
      if (own.containsKey(name)
          && !ending.containsKey(name)
          && !isReady.equals(told.get(name))
          && patchStatus(OWN + "/pods/" + name, isReady)) {
        told.put(name, isReady);
      }
    });
    JsonNode found = read(OWN + "/services/" + Registration.SERVICE);
    if (found != null) {
      service.moveTo(
          found.at("/spec/clusterIP").asString(""), found.at("/spec/ports/0/port").asInt(0));
    }
  }

  private void own(String name, JsonNode pod) {
    if (pod.at("/spec/containers/0/image").asString("").contains(NO_IMAGE)) {
      if (pod.at("/metadata/deletionTimestamp").isString()) {
        client.delete(OWN + "/pods/" + name + "?gracePeriodSeconds=0");
      }
      return;
    }
    if (pod.at("/metadata/deletionTimestamp").isString()) {
      if (ending.putIfAbsent(name, true) == null) {
        OwnPod goes = own.get(name);
        if (goes != null) {
          service.leaveOut(goes.port());
        }
        Thread.ofVirtual().start(() -> end(name));
      }
      return;
    }
    OwnPod here = own.get(name);
    if (here == null) {
      here = new OwnPod(pod, surroundings);
    }
    for (JsonNode volume : pod.at("/spec/volumes")) {
      Map<String, String> files = files(volume);
      if (files != null) {
        here.mount(volume.path("name").asString(), files);
      }
    }
    if (here.mounted()) {
      own.putIfAbsent(name, here);
    }
  }

  private void end(String name) {
    OwnPod pod = own.get(name);
    if (pod != null) {
      pod.terminate();
    }
    while (!closed) {
      try {
        client.delete(OWN + "/pods/" + name + "?gracePeriodSeconds=0");
        return;
      } catch (UncheckedIOException e) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  /** {@return the files of a volume; null while its ConfigMap or Secret is not there} */
  private @Nullable Map<String, String> files(JsonNode volume) {
    var files = new TreeMap<String, String>();
    JsonNode found;
    if (volume.has("configMap")) {
      found = read(OWN + "/configmaps/" + volume.at("/configMap/name").asString());
      if (found != null) {
        found
            .path("data")
            .properties()
            .forEach(e -> files.put(e.getKey(), e.getValue().asString()));
      }
    } else if (volume.has("secret")) {
      found = read(OWN + "/secrets/" + volume.at("/secret/secretName").asString());
      if (found != null) {
        found
            .path("data")
            .properties()
            .forEach(e ->
                files.put(
                    e.getKey(),
                    new String(
                        Base64.getDecoder().decode(e.getValue().asString()),
                        StandardCharsets.UTF_8)));
      }
    } else {
      return files;
    }
    return found == null ? null : files;
  }

  private void otherPods() {
    JsonNode pending = client.get("/api/v1/pods?fieldSelector=status.phase%3DPending").body();
    for (JsonNode pod : pending.path("items")) {
      String namespace = pod.at("/metadata/namespace").asString();
      if (!namespace.equals(Registration.NAMESPACE)) {
        String path =
            "/api/v1/namespaces/" + namespace + "/pods/" + pod.at("/metadata/name").asString();
        if (pod.at("/metadata/labels").has("job-name")) {
          ObjectNode done = ApiClient.JSON.createObjectNode();
          done.putObject("status").put("phase", "Succeeded");
          client.mergePatch(path + "/status", done);
        } else {
          patchStatus(path, true);
        }
      }
    }
  }

  private @Nullable JsonNode read(String path) {
    try {
      ApiResponse response = client.get(path);
      return response.code() == 200 ? response.body() : null;
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private boolean patchStatus(String pod, boolean ready) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    var conditions = patch.putObject("status").put("phase", "Running").putArray("conditions");
    for (String type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
      boolean holds = ready || !type.endsWith("Ready");
      conditions
          .addObject()
          .put("type", type)
          .put("status", holds ? "True" : "False")
          .put("lastTransitionTime", now);
    }
    try {
      return client.mergePatch(pod + "/status", patch).succeeded();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    own.values().forEach(OwnPod::close);
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.portcullis.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A pod of Portcullis as a kubelet runs it: a process with the arguments of the pod's container,
 * its files from ConfigMap and Secret, its probes at their pace, restarts with a growing back-off.
 */
final class OwnPod implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private static final long FIRST_BACK_OFF = TimeUnit.SECONDS.toNanos(10);

  /** What the kubelet would find in the cluster and on the node. */
  record Surroundings(Path folder, ApiServer server, Map<String, String> environment) {}

  private final JsonNode container;
  private final Path folder;
  private final Map<String, MountedFolder> mounts = new HashMap<>();
  private final Map<String, Map<String, String>> mounted = new HashMap<>();
  private final int port = Ports.free();
  private final int metricsPort = Ports.free();
  private final List<String> command;
  private final Map<String, String> environment;
  private final Probe startup;
  private final Probe readiness;
  private final Probe liveness;
  private final long grace;
  private @Nullable Program program;
  private int restarts;
  private long startAgainAt;
  private boolean started;
  private boolean ready;
  private volatile boolean ended;

  /** One kind of probe, and how often in a row it has gone as the last time. */
  private final class Probe {
    private final JsonNode settings;
    private long due;
    private int failures;

    Probe(JsonNode settings) {
      this.settings = settings;
    }

    void restart() {
      failures = 0;
      due = System.nanoTime() + seconds("periodSeconds", 10);
    }

    /** {@return whether it has just gone well, or failed as often as it may; null otherwise} */
    @Nullable Boolean outcome() {
      if (System.nanoTime() - due < 0) {
        return null;
      }
      due = System.nanoTime() + seconds("periodSeconds", 10);
      if (succeeds()) {
        failures = 0;
        return true;
      }
      failures++;
      return failures >= settings.path("failureThreshold").asInt(3) ? false : null;
    }

    private boolean succeeds() {
      try {
        var request =
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:"
                            + metricsPort
                            + settings.at("/httpGet/path").asString()))
                .timeout(Duration.ofNanos(seconds("timeoutSeconds", 1)))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 400;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private long seconds(String field, int usual) {
      return TimeUnit.SECONDS.toNanos(settings.path(field).asInt(usual));
    }
  }

  OwnPod(JsonNode pod, Surroundings surroundings) {
    String name = pod.at("/metadata/name").asString();
    this.container = pod.at("/spec/containers/0");
    this.folder = surroundings.folder().resolve(name);
    this.grace = pod.at("/spec/terminationGracePeriodSeconds").asLong(30);
    this.startup = new Probe(container.path("startupProbe"));
    this.readiness = new Probe(container.path("readinessProbe"));
    this.liveness = new Probe(container.path("livenessProbe"));
    for (JsonNode mount : container.path("volumeMounts")) {
      String path = mount.path("mountPath").asString();
      if (path.startsWith("/etc/")) {
        mounts.put(
            mount.path("name").asString(), new MountedFolder(folder.resolve(path.substring(1))));
      }
    }
    Path kubeconfig = folder.resolve("kubeconfig");
    String account = pod.at("/spec/serviceAccountName").asString();
    Identity.replace(
        kubeconfig,
        surroundings.server().clientOf(Webhook.userOf(account), List.of()).kubeconfig());
    this.command = command(kubeconfig);
    this.environment = new TreeMap<>(surroundings.environment());
    this.environment.put("POD_NAME", name);
    this.environment.put("POD_NAMESPACE", Registration.NAMESPACE);
    this.environment.put("PORTCULLIS_JAVA_OPTS", javaOptions());
  }

  private List<String> command(Path kubeconfig) {
    var words = new ArrayList<>(List.of(Webhook.launcher()));
    for (JsonNode argument : container.path("args")) {
      words.add(
          argument
              .asString()
              .replaceFirst("^--port=.*", "--port=" + port)
              .replaceFirst("^--metrics-port=.*", "--metrics-port=" + metricsPort)
              .replaceFirst("=/etc/", "=" + folder.resolve("etc") + "/"));
    }
    words.add("--bind-address=127.0.0.1");
    words.add("--kubeconfig=" + kubeconfig);
    return List.copyOf(words);
  }

  /** What the container's own command adds to the image's options. */
  private String javaOptions() {
    var options = new ArrayList<String>();
    for (JsonNode word : container.path("command")) {
      if (word.asString().startsWith("-X")
          && !word.asString().startsWith("-XX:SharedArchiveFile")) {
        options.add(word.asString());
      }
    }
    return String.join(" ", options);
  }

  /** Replaces the files of a volume in one step, if they differ. */
  void mount(String volume, Map<String, String> files) {
    MountedFolder mount = mounts.get(volume);
    if (mount != null && !files.equals(mounted.get(volume))) {
      mount.write(files);
      mounted.put(volume, files);
    }
  }

  /** {@return whether all its volumes are there} */
  boolean mounted() {
    return mounted.keySet().containsAll(mounts.keySet());
  }

  /** Starts, probes and restarts it as is due. {@return whether it is ready} */
  boolean tend() {
    if (ended) {
      return false;
    }
    if (program == null || !program.alive()) {
      ready = false;
      if (program != null && startAgainAt == 0) {
        restart();
      } else if (System.nanoTime() - startAgainAt >= 0) {
        launch();
      }
      return false;
    }
    if (!started) {
      Boolean outcome = startup.outcome();
      started = Boolean.TRUE.equals(outcome);
      if (Boolean.FALSE.equals(outcome)) {
        restart();
      }
      return false;
    }
    Boolean answered = readiness.outcome();
    if (answered != null) {
      ready = answered;
    }
    if (Boolean.FALSE.equals(liveness.outcome())) {
      restart();
    }
    return ready;
  }

  private void launch() {
    program = Program.start("portcullis", folder.resolve("portcullis.log"), command, environment);
    startAgainAt = 0;
    started = false;
    for (Probe probe : List.of(startup, readiness, liveness)) {
      probe.restart();
    }
  }

  private void restart() {
    if (program != null) {
      program.kill();
    }
    ready = false;
    startAgainAt = System.nanoTime() + (FIRST_BACK_OFF << Math.min(restarts, 5));
    restarts++;
  }

  int port() {
    return port;
  }

  /** {@return the value of a series, 0 without it or without an answer} */
  double metric(String series) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(series + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
          .sum();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  int restarts() {
    return restarts;
  }

  /** Lets it end as a kubelet does, within its grace. */
  void terminate() {
    ended = true;
    if (program != null && program.alive()) {
      program.terminate(Duration.ofSeconds(grace));
    }
  }

  /** Kills the process, as a lack of memory does; it is started again later. */
  void crash() {
    if (program != null) {
      program.kill();
    }
  }

  @Override
  public void close() {
    ended = true;
    crash();
  }
}

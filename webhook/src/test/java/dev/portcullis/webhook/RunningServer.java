package dev.portcullis.webhook;

import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.FolderCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A whole server on free ports, with a cluster of three namespaces and whatever else its test sets.
 */
final class RunningServer implements AutoCloseable {
  static final String NAMESPACES =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: open}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: base, labels: {pod-security.kubernetes.io/enforce: baseline}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: strict, labels: {pod-security.kubernetes.io/enforce: restricted}}}
      """;

  private final WebhookServer server;
  private final Log log;
  private final Cluster cluster;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningServer(Path folder, Options options) throws Exception {
    Path manifests = folder.resolve("cluster.yaml");
    if (!Files.exists(manifests)) {
      Files.writeString(manifests, NAMESPACES);
    }
    this.log = new Log(LogFormat.JSON, new PrintStream(logged, true, StandardCharsets.UTF_8));
    this.cluster = options.cluster != null ? options.cluster : FolderCluster.read(manifests);
    var settings =
        new Settings(
            options.configuration,
            new Address("127.0.0.1", 0, options.trusted),
            new Address("127.0.0.1", 0, options.trusted),
            options.certificate,
            options.clientAuthorities,
            options.clientNames,
            options.tls,
            options.suites,
            HardenOrder.NONE,
            options.limits,
            new Settings.Timing(
                Duration.ofMillis(50), options.drain, Duration.ofMillis(300), options.grace),
            options.registration);
    this.server = WebhookServer.create(settings, cluster, log);
    if (options.waits) {
      server.start();
    } else {
      Thread.ofPlatform().daemon().start(this::startAside);
      await(() -> server.hasOperatorPort());
    }
  }

  private void startAside() {
    try {
      server.start();
    } catch (StartException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a test may want otherwise. */
  static final class Options {
    Path configuration;
    CertificateSource certificate = new CertificateSource.SelfSigned("localhost");
    Path clientAuthorities;
    boolean trusted = true;
    ClientNames clientNames = ClientNames.ANY;
    TlsProvider tls = TlsProvider.best();
    TlsSuites suites = TlsSuites.STANDARD;
    Limits limits = Limits.STANDARD;
    Duration drain = Duration.ofSeconds(30);
    Duration grace = Duration.ofSeconds(20);
    Cluster cluster;
    Registration registration;

    /** Whether to return only when reviews are answered. */
    boolean waits = true;
  }

  static RunningServer start(Path folder) throws Exception {
    return start(folder, new Options());
  }

  static RunningServer start(Path folder, Options options) throws Exception {
    return new RunningServer(folder, options);
  }

  int port() {
    return server.port();
  }

  int operatorPort() {
    return server.operatorPort();
  }

  void stop() {
    server.close();
  }

  HttpResponse<String> operator(String path) {
    return get("http://127.0.0.1:" + server.operatorPort() + path);
  }

  private HttpResponse<String> get(String uri) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the value of a series, 0 when there is none} */
  double metric(String series) {
    return operator("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** {@return the log, once it contains {@code text}} */
  String logWith(String text) {
    await(() -> logged.toString(StandardCharsets.UTF_8).contains(text));
    return logged.toString(StandardCharsets.UTF_8);
  }

  /** {@return the log so far} */
  String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("waited for too long");
      }
    }
  }

  @Override
  public void close() {
    server.close();
    cluster.close();
    log.close();
    http.close();
  }
}

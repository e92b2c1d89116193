package dev.portcullis.webhook;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.cluster.ChangeWatch;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.FolderCluster;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.checks.Checks;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The server: starts when it can answer well, and stops when everything is answered.
 *
 * <p>Made by {@link #create}, which reads the configuration and the certificate; {@link #start}
 * waits for the cluster and listens; {@link #close} ends it.
 */
public final class WebhookServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebhookServer.class.getName());
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofMillis(250);
  private static final Duration REHEARSAL = Duration.ofSeconds(3);
  private static final int MOST_EVENT_LOOPS = 4;

  /** Who has been silent for so long, while stopping, will hardly ask just when it ends. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** How long connections that never shake hands can hold up a stop. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

  private final Settings settings;
  private final Cluster cluster;
  private final Log log;
  private final Evaluator evaluator;
  private final ServerMetrics metrics = new ServerMetrics();
  private final ReferenceCounters counters;
  private final Probes.Stage stage = new Probes.Stage();
  private final PolicyInForce policy;
  private final Certificates certificates;
  private final Connections connections;
  private final InFlight inFlight;
  private final Probes probes;
  private final ExecutorService blocking =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("portcullis-review-", 0).factory());
  private final ChangeWatch watch;
  private final Sockets sockets;
  private final Vertx vertx;
  private final int loops =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_EVENT_LOOPS);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Listener reviews;
  private volatile @Nullable Listener operator;

  private WebhookServer(Settings settings, Cluster cluster, Log log) throws StartException {
    PlatformLog.install(log);
    this.settings = settings;
    this.cluster = cluster;
    this.log = log;
    this.evaluator = Evaluator.of(Checks.standard());
    this.counters = new ReferenceCounters(evaluator.newest());
    this.policy = PolicyInForce.of(settings.configuration(), this::admission, metrics);
    this.certificates =
        Certificates.load(settings.certificate(), settings.clientAuthorities(), metrics);
    this.connections =
        new Connections(settings.limits(), settings.timing().drain(), System::nanoTime);
    this.inFlight = new InFlight(settings.limits());
    this.probes = new Probes(cluster, () -> certificates.keys().current().expiry(), stage);
    this.watch = new ChangeWatch(settings.timing().watch());
    this.sockets =
        new Sockets(
            settings.limits().connections(), () -> metrics.rejected(Rejection.CONNECTION_LIMIT));
    this.vertx = vertx(loops, sockets);
    gauges();
  }

  /**
   * {@return a server that does not listen yet}; {@code cluster} and {@code log} stay the caller's
   * to close.
   */
  public static WebhookServer create(Settings settings, Cluster cluster, Log log)
      throws StartException {
    return new WebhookServer(settings, cluster, log);
  }

  /**
   * Listens for operators at once, and for reviews when they can be answered well; returns then.
   */
  public void start() throws StartException {
    operator = openOperator();
    var warmUp =
        Thread.ofPlatform().daemon().name("portcullis-warm-up").start(() -> warmUp(WARM_UP));
    try {
      cluster.awaitSynced();
      warmUp.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("stopped before the namespaces were known", e);
    }
    ReviewHandler handler =
        handler(policy, cluster.namespaces(), metrics, counters, log, connections);
    reviews = openReviews(settings.review(), handler);
    vertx.setPeriodic(
        SWEEP.toMillis(),
        tick -> {
          connections.sweep();
          handler.sweep(settings.limits().read());
        });
    follow();
    stage.listening();
  }

  /**
   * Goes through a start as far as that is possible without a cluster that answers, and closes: for
   * archives of what a start needs.
   */
  public void rehearse() throws StartException {
    operator = openOperator();
    warmUp(REHEARSAL);
    close();
  }

  /** {@return the port for reviews} */
  public int port() {
    return opened(reviews).port();
  }

  /** {@return the port for probes and scrapes} */
  public int operatorPort() {
    return opened(operator).port();
  }

  /** {@return the certificate that signs the server's own when it made that itself, in PEM} */
  public String certificate() {
    try {
      return Pem.encode(
          "CERTIFICATE", certificates.keys().current().chain().getLast().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded cannot be encoded", e);
    }
  }

  /** Says that it is not ready, lets requests end, and returns within the grace. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long end = System.nanoTime() + settings.timing().shutdownGrace().toNanos();
    stage.stopping();
    connections.stop();
    Listener open = reviews;
    if (open != null) {
      // Not through the JDK's logging, which a signal ends first.
      log.add(
          log.line(
              "info",
              "stopping: not ready any more, " + inFlight.requests() + " requests under way"));
      pause(
          least(settings.timing().shutdownDelay(), settings.timing().shutdownGrace().dividedBy(2)));
      open.stopAccepting();
      drain(open, left(end).dividedBy(2));
      open.close(left(end));
    }
    watch.close();
    certificates.close();
    Listener operators = operator;
    if (operators != null) {
      operators.close(least(left(end), Duration.ofSeconds(1)));
    }
    blocking.shutdown();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(1, TimeUnit.SECONDS)
        .exceptionally(e -> null)
        .join();
  }

  /**
   * Waits until whoever was accepted and has not asked, or has just had an answer, is heard and
   * told that the connection ends: an HTTP/1.1 connection that ends without a word can meet a
   * request on its way.
   */
  private void drain(Listener open, Duration time) {
    long end = System.nanoTime() + least(time, LONGEST_DRAIN).toNanos();
    // In this order: whoever shakes hands is a connection by the time that these are asked.
    while ((open.sockets() > connections.size() || connections.mayAsk(QUIET))
        && System.nanoTime() - end < 0) {
      pause(Duration.ofMillis(10));
    }
  }

  private Admission admission(PodSecurityConfiguration configuration) {
    var recorder = new MetricsRecorder(counters, metrics, log);
    return new Admission(evaluator, configuration, cluster.namespaces(), cluster.pods(), recorder);
  }

  private void follow() {
    Path configuration = settings.configuration();
    if (configuration != null) {
      watch.follow(List.of(configuration), policy::reload);
    }
    if (cluster instanceof FolderCluster folder) {
      folder.follow(watch);
    }
    certificates.follow(watch, connections::renew);
  }

  private ReviewHandler handler(
      PolicyInForce by,
      NamespaceGetter namespaces,
      ServerMetrics counting,
      ReferenceCounters counted,
      Log logging,
      Connections tracked) {
    var hardening = new Hardening(evaluator, settings.hardening(), namespaces);
    return new ReviewHandler(
        by, hardening, tracked, inFlight, counting, counted, logging, blocking, probes);
  }

  private Listener openReviews(Address address, ReviewHandler handler) throws StartException {
    var handlers =
        new Listener.Handlers(
            handler,
            handler::invalid,
            handler.connections::opened,
            () -> handler.metrics.rejected(Rejection.HANDSHAKE));
    var options = Listener.https(settings.limits(), certificates.keys(), certificates.trust());
    return Listener.open(vertx, sockets, loops, address, options, handlers);
  }

  private Listener openOperator() throws StartException {
    var handler = new OperatorHandler(probes, policy, counters, metrics);
    var handlers =
        new Listener.Handlers(
            handler,
            http -> {
              ReviewHandler.send(http.response(), 400, Rejection.MALFORMED.text() + "\n");
              http.connection().close();
            },
            connection -> {},
            () -> {});
    var options = Listener.plain(settings.limits()).setIdleTimeout(60);
    return Listener.open(vertx, sockets, 1, settings.operator(), options, handlers);
  }

  /** Answers reviews from ourselves, on a port and with counters that nobody else sees. */
  private void warmUp(Duration time) {
    if (settings.clientAuthorities() != null) {
      // We have no certificate that our own authorities would trust.
      return;
    }
    try (var nowhere =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var unseen = new Log(LogFormat.JSON, nowhere)) {
      var scratch = new ServerMetrics();
      var scratchCounters = new ReferenceCounters(evaluator.newest());
      var recorder = new MetricsRecorder(scratchCounters, scratch, unseen);
      PolicyInForce restricted =
          PolicyInForce.of(
              null,
              configuration ->
                  new Admission(
                      evaluator,
                      configuration,
                      new OneNamespace(),
                      (namespace, by, page) -> {},
                      recorder),
              scratch);
      var tracked = new Connections(settings.limits(), settings.timing().drain(), System::nanoTime);
      Listener listener =
          openReviews(
              new Address("127.0.0.1", 0),
              handler(restricted, new OneNamespace(), scratch, scratchCounters, unseen, tracked));
      WarmUp.run(listener.port(), time);
      listener.close(Duration.ofMillis(200));
    } catch (StartException e) {
      LOG.log(System.Logger.Level.WARNING, "no warm-up: {0}", e.message());
    }
  }

  private record OneNamespace(Lookup lookup) implements NamespaceGetter {
    OneNamespace() {
      this(
          Lookup.found(Map.of(PolicyLabels.ENFORCE, "restricted", PolicyLabels.AUDIT, "baseline")));
    }

    @Override
    public Lookup get(String name, Deadline deadline) {
      return lookup;
    }

    @Override
    public boolean answersAtOnce(String name) {
      return true;
    }
  }

  private void gauges() {
    metrics.gauge(
        "portcullis_namespace_cache_age_seconds",
        "How long ago what is known of namespaces was last sure to be current; 0 while they are"
            + " followed.",
        () -> cluster.age().toMillis() / 1e3);
    metrics.gauge("portcullis_namespaces", "Namespaces known.", cluster::size);
    metrics.gauge(
        "portcullis_certificate_expiry_timestamp_seconds",
        "When the server's certificate expires, in seconds since 1970.",
        () -> certificates.keys().current().expiry().getEpochSecond());
    metrics.gauge("portcullis_requests_in_flight", "Reviews under way.", inFlight::requests);
    metrics.gauge(
        "portcullis_connections", "Connections open on the port for reviews.", connections::size);
    metrics.gauge(
        "portcullis_log_lines_lost", "Log lines that found the log's queue full.", log::lost);
  }

  private static Vertx vertx(int loops, Sockets sockets) {
    // Netty protects a key of its own in a key store to see how the JDK checks trust: that takes
    // 10,000 rounds of a hash, a third of a second in a cold JVM. No store is ever written here.
    System.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
    // The JDK resolves names here: only listeners do, once.
    System.setProperty("vertx.disableDnsResolver", "true");
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(loops)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    return Vertx.builder().with(options).withTransport(sockets).build();
  }

  private static Listener opened(@Nullable Listener listener) {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
    return listener;
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.portcullis.webhook;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.PodNames;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.FilePoller;
import dev.portcullis.cluster.FolderCluster;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
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
  private static final Duration SWEEP = Duration.ofMillis(250);
  private static final int MOST_EVENT_LOOPS = 4;

  /** Who has been silent for so long, while stopping, will hardly ask just when it ends. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** How long it may take to give the Lease back. */
  private static final Duration RESIGN = Duration.ofSeconds(5);

  /** How long connections that never shake hands can hold up a stop. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

  private final Settings settings;
  private final Cluster cluster;
  private final Log log;
  private final Evaluator evaluator;
  private final ServerMetrics metrics;
  private final ReferenceCounters counters;
  private final Probes.Stage stage = new Probes.Stage();
  private final PolicyInForce policy;
  private final Certificates certificates;
  private final Connections connections;
  private final Connections operators;
  private final InFlight inFlight;
  private final Probes probes;
  private final ExecutorService blocking =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("portcullis-review-", 0).factory());
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_EVENT_LOOPS),
          Thread.ofPlatform().daemon().name("portcullis-worker-", 0).factory());
  private final FilePoller poller;
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
    this.metrics = new ServerMetrics(settings.operator().trusted());
    this.cluster = cluster;
    this.log = log;
    this.evaluator = Evaluator.of(Checks.standard());
    this.counters = new ReferenceCounters(evaluator.newest());
    this.policy = PolicyInForce.of(settings.configuration(), this::admission, metrics);
    settings.tls().check(settings.suites());
    this.certificates = new Certificates(settings, metrics, this::ready);
    this.sockets =
        new Sockets(
            settings.limits().connections(), () -> metrics.rejected(Rejection.CONNECTION_LIMIT));
    this.inFlight = new InFlight(settings.limits());
    this.connections = connections(inFlight);
    this.operators = connections(new InFlight(settings.limits()));
    this.probes = new Probes(cluster::alive, cluster::synced, certificates.keys()::current, stage);
    this.poller = new FilePoller(settings.timing().watch());
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

  /** As {@link #start(WarmUp)}, with a warm-up that begins now. */
  public void start() throws StartException {
    start(WarmUp.begin(settings::tls));
  }

  /**
   * Listens for operators at once, and for reviews when they can be answered well, which is not
   * before {@code warmUp} is over; returns then.
   */
  public void start(WarmUp warmUp) throws StartException {
    operator = openOperator();
    vertx.setPeriodic(SWEEP.toMillis(), tick -> operators.sweep());
    certificates.begin();
    try {
      cluster.awaitSynced();
      warmUp.await();
      certificates.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("stopped before namespaces and certificate were known", e);
    }
    var hardening = new Hardening(evaluator, settings.hardening(), cluster.namespaces());
    var handler =
        new ReviewHandler(
            policy,
            hardening,
            connections,
            inFlight,
            metrics,
            counters,
            log,
            new ReviewHandler.Threads(blocking, workers),
            probes,
            certificates.handshakes());
    reviews =
        Listener.open(
            vertx,
            sockets,
            loops,
            settings.review(),
            Listener.https(
                settings.limits(),
                settings.tls(),
                settings.suites(),
                certificates.keys(),
                certificates.trust()),
            handler.handlers());
    vertx.setPeriodic(
        SWEEP.toMillis(),
        tick -> {
          connections.sweep();
          inFlight.arriving.sweep();
        });
    follow();
    stage.listening();
  }

  /**
   * Goes through a start as far as that is possible without a cluster that answers, and closes: for
   * archives of what a start needs.
   */
  public void rehearse(WarmUp warmUp) throws StartException {
    operator = openOperator();
    try {
      warmUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** {@return the port for reviews} */
  public int port() {
    return opened(reviews).port();
  }

  /** {@return whether the port for probes and scrapes is open} */
  boolean hasOperatorPort() {
    return operator != null;
  }

  /** {@return the port for probes and scrapes} */
  public int operatorPort() {
    return opened(operator).port();
  }

  /** {@return the certificate that signs the server's own when it made that itself, in PEM} */
  public String certificate() {
    try {
      ServingCertificate shown = certificates.keys().current();
      if (shown == null) {
        throw new IllegalStateException("there is no certificate yet");
      }
      return Pem.encode("CERTIFICATE", shown.chain().getLast().getEncoded());
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
    // Beside all else: an API server that is slow, or away, must not hold up the stop.
    Thread resigning =
        Thread.ofPlatform()
            .daemon()
            .name("portcullis-resign")
            .start(() -> certificates.close(least(RESIGN, left(end).dividedBy(2))));
    connections.stop();
    operators.stop();
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
      inFlight.arriving.stop();
      drain(open, left(end).dividedBy(2));
      open.close(left(end));
    }
    poller.close();
    join(resigning, left(end));
    Listener operators = operator;
    if (operators != null) {
      operators.close(least(left(end), Duration.ofSeconds(1)));
    }
    blocking.shutdown();
    workers.shutdown();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(1, TimeUnit.SECONDS)
        .exceptionally(e -> null)
        .join();
  }

  private static void join(Thread thread, Duration time) {
    try {
      thread.join(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  /** {@return whether reviews are answered, and will be} */
  private boolean ready() {
    return stage.isListening() && !stage.isStopping() && cluster.synced();
  }

  private Admission admission(PodSecurityConfiguration configuration) {
    var recorder = new MetricsRecorder(counters, metrics, log);
    // Who has shown a certificate is the API server, or may ask it for the names.
    boolean known = settings.review().trusted() || settings.clientAuthorities() != null;
    return new Admission(
        evaluator,
        configuration,
        cluster.namespaces(),
        cluster.pods(),
        recorder,
        known ? PodNames.SHOWN : PodNames.COUNTED);
  }

  private Connections connections(InFlight shared) {
    return new Connections(
        settings.limits(), settings.timing().drain(), sockets, shared, System::nanoTime);
  }

  private void follow() {
    policy.follow(poller);
    if (cluster instanceof FolderCluster folder) {
      folder.follow(poller);
    }
    certificates.follow(poller, connections::renew);
  }

  private Listener openOperator() throws StartException {
    var handler =
        new OperatorHandler(
            probes, policy, counters, metrics, cluster::has, settings.operator().trusted());
    var handlers =
        new Listener.Handlers(
            http -> operators.asked(http, handler),
            http -> {
              ReviewHandler.send(http.response(), 400, Rejection.MALFORMED.text() + "\n");
              http.connection().close();
            },
            operators::opened,
            failure -> {});
    var options = Listener.plain(settings.limits()).setIdleTimeout(60);
    return Listener.open(vertx, sockets, 1, settings.operator(), options, handlers);
  }

  private void gauges() {
    metrics.gauge(
        "portcullis_namespace_cache_age_seconds",
        "How long ago the last word of namespaces came; a minute at most while they are followed.",
        () -> cluster.age().toMillis() / 1e3);
    metrics.gauge("portcullis_namespaces", "Namespaces known.", cluster::size);
    metrics.gauge("portcullis_requests_in_flight", "Reviews under way.", inFlight::requests);
    metrics.gauge(
        "portcullis_connections", "Connections open on the port for reviews.", connections::size);
    metrics.gauge("portcullis_log_lines_lost", "Log lines that found no room.", log::lost);
  }

  static Vertx vertx(int loops, Sockets sockets) {
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
    // A client of TLS 1.2 could otherwise let the JDK shake hands again and again.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
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

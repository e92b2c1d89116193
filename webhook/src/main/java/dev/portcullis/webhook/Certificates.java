package dev.portcullis.webhook;

import dev.portcullis.cluster.FilePoller;
import dev.portcullis.cluster.FileTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate, the authorities of its clients, and their registration: what is read at
 * start, and what happens when it changes.
 */
final class Certificates {
  private static final System.Logger LOG = System.getLogger(Certificates.class.getName());
  private static final Duration FIRST_PERIOD = Duration.ofSeconds(1);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** Between being ready and taking effect nothing is judged. */
  private static final Duration WAITING_PERIOD = Duration.ofSeconds(2);

  private final CertificateSource source;
  private final ServerMetrics metrics;
  private final HandshakeFailures handshakes;
  private final ReloadingKeys keys = new ReloadingKeys();
  private final FileTrace keyFiles = new FileTrace();
  private final @Nullable Path authorities;
  private final FileTrace authorityFiles = new FileTrace();
  private final @Nullable ReloadingTrust trust;
  private final @Nullable Path bundle;
  private final FileTrace bundleFiles = new FileTrace();
  private final @Nullable ManagedCertificates managed;
  private final @Nullable Registrar registrar;
  private final BooleanSupplier ready;
  private final CountDownLatch known = new CountDownLatch(1);
  private final ChangingProblem problems = new ChangingProblem(System::nanoTime);
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("portcullis-certificates").factory());
  private volatile List<X509Certificate> needed = List.of();
  private volatile Runnable changed = () -> {};

  /**
   * Reads what is in files; certificates of the cluster are looked for by {@link #begin}.
   *
   * @param ready whether reviews are answered
   */
  Certificates(Settings settings, ServerMetrics metrics, BooleanSupplier ready)
      throws StartException {
    this.source = settings.certificate();
    this.metrics = metrics;
    this.ready = ready;
    var own = new CertificateMetrics(metrics.registry(), keys::current);
    this.handshakes = new HandshakeFailures(own::handshakeFailed, System::nanoTime);
    this.authorities = settings.clientAuthorities();
    Registration registration = settings.registration();
    this.bundle = registration == null ? null : registration.authorities();
    this.registrar = registration == null ? null : new Registrar(registration.registry(), own);
    this.managed =
        source instanceof CertificateSource.Managed by ? new ManagedCertificates(by, own) : null;
    if (managed == null) {
      keys.replace(load(keyFiles));
      loaded();
    }
    this.trust =
        authorities == null
            ? null
            : ReloadingTrust.of(
                ReloadingTrust.read(authorities, authorityFiles),
                settings.tls().namesAuthorities(),
                settings.clientNames());
    if (bundle != null) {
      needed = ReloadingTrust.read(bundle, bundleFiles);
    }
  }

  private ServingCertificate load(FileTrace trace) throws StartException {
    return switch (source) {
      case CertificateSource.Files files ->
          ServingCertificate.read(files.certificate(), files.key(), trace);
      case CertificateSource.SelfSigned own -> SelfSigned.make(own.host());
      case CertificateSource.Managed own ->
          throw new IllegalArgumentException("kept by others: " + own);
    };
  }

  private void loaded() {
    metrics.loaded(ServerMetrics.Followed.CERTIFICATE);
    known.countDown();
  }

  ReloadingKeys keys() {
    return keys;
  }

  /** {@return what clients must be trusted by, null when they need no certificate} */
  @Nullable ReloadingTrust trust() {
    return trust;
  }

  /** {@return who hears of handshakes that fail} */
  HandshakeFailures handshakes() {
    return handshakes;
  }

  /** Begins to look at the cluster, if anything there is to be read or written. */
  void begin() {
    if (managed != null || registrar != null) {
      // The next look is a while after the end of the last: an API server that is slow is not
      // asked the more.
      schedule.execute(this::lookAndGoOn);
    }
  }

  /** Waits for a certificate, for ever if need be. */
  void await() throws InterruptedException {
    known.await();
  }

  /**
   * Reads changed files again from now on, and calls {@code changed} after each change, so that old
   * connections can be ended.
   */
  void follow(FilePoller poller, Runnable whenChanged) {
    this.changed = whenChanged;
    if (source instanceof CertificateSource.Files) {
      poller.follow(
          keyFiles,
          () ->
              reload(
                  ServerMetrics.Followed.CERTIFICATE,
                  trace -> {
                    ServingCertificate next = load(trace);
                    keys.replace(next);
                    return "good until " + next.expiry();
                  }));
    }
    Path file = authorities;
    ReloadingTrust trusted = trust;
    if (file != null && trusted != null) {
      poller.follow(
          authorityFiles,
          () ->
              reload(
                  ServerMetrics.Followed.CLIENT_AUTHORITIES,
                  trace -> {
                    List<X509Certificate> next = ReloadingTrust.read(file, trace);
                    trusted.replace(next);
                    return described(next);
                  }));
    }
    Path trustedByOthers = bundle;
    if (trustedByOthers != null) {
      poller.follow(
          bundleFiles,
          () ->
              reload(
                  ServerMetrics.Followed.CA_BUNDLE,
                  trace -> {
                    needed = ReloadingTrust.read(trustedByOthers, trace);
                    return described(needed);
                  }));
    }
  }

  private static String described(List<X509Certificate> authorities) {
    Instant first = Instant.MAX;
    for (X509Certificate authority : authorities) {
      Instant end = authority.getNotAfter().toInstant();
      first = end.isBefore(first) ? end : first;
    }
    return authorities.size()
        + (authorities.size() == 1 ? " authority, good until " : " authorities, the first until ")
        + first;
  }

  /** Loads something anew, and says what is in force then. */
  private interface Reload {
    String from(FileTrace trace) throws StartException;
  }

  private FileTrace reload(ServerMetrics.Followed what, Reload reload) {
    var trace = new FileTrace();
    try {
      String now = reload.from(trace);
      changed.run();
      metrics.reloaded(what, true);
      LOG.log(System.Logger.Level.INFO, "the {0} changed; now in force: {1}", what.words(), now);
    } catch (StartException e) {
      metrics.reloaded(what, false);
      LOG.log(
          System.Logger.Level.ERROR,
          "the {0} changed and cannot be used: {1}; what was there before stays in force",
          what.words(),
          e.message());
    }
    return trace;
  }

  private void lookAndGoOn() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      // Without this the schedule would end in silence.
      LOG.log(System.Logger.Level.ERROR, "the certificate in the cluster cannot be kept", e);
    }
    if (!schedule.isShutdown()) {
      try {
        var _ = schedule.schedule(this::lookAndGoOn, period().toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // Stopped meanwhile.
      }
    }
  }

  private Duration period() {
    if (keys.current() == null) {
      return FIRST_PERIOD;
    }
    Duration period =
        source instanceof CertificateSource.Managed own
            ? ManagedCertificates.period(own.lifetime())
            : PERIOD;
    Registrar by = registrar;
    boolean waits = by != null && by.waits();
    return waits && WAITING_PERIOD.compareTo(period) < 0 ? WAITING_PERIOD : period;
  }

  private void look() {
    ManagedCertificates own = managed;
    if (own == null) {
      register(needed, true, Instant.now());
      return;
    }
    ManagedCertificates.Seen seen;
    try {
      seen = own.look();
      if (problems.solved("store")) {
        LOG.log(System.Logger.Level.INFO, "the certificate in the cluster is kept again");
      }
    } catch (IOException | GeneralSecurityException e) {
      complain(String.valueOf(e.getMessage()));
      return;
    }
    var trusted = new ArrayList<>(seen.authorities());
    if (!trusted.isEmpty()) {
      needed.stream().filter(one -> !trusted.contains(one)).forEach(trusted::add);
    }
    // Whoever calls must trust it before it is shown.
    register(trusted, seen.leads(), own.now());
    ServingCertificate next = seen.changed();
    if (next != null) {
      take(next);
    } else if (keys.current() == null) {
      complain("another replica is to make the certificate, and has not yet");
    }
  }

  private void take(ServingCertificate next) {
    boolean first = keys.current() == null;
    keys.replace(next);
    if (first) {
      loaded();
      return;
    }
    changed.run();
    metrics.reloaded(ServerMetrics.Followed.CERTIFICATE, true);
    LOG.log(
        System.Logger.Level.INFO,
        "the certificate changed; now in force: good until {0}",
        next.expiry());
  }

  private void register(List<X509Certificate> authorities, boolean writes, Instant now) {
    Registrar by = registrar;
    if (by != null) {
      by.look(new Registrar.Wanted(authorities, keys.current(), writes, ready.getAsBoolean()), now);
    }
  }

  private void complain(String problem) {
    if (!problems.isNews("store", problem)) {
      return;
    }
    if (keys.current() == null) {
      LOG.log(System.Logger.Level.WARNING, "no certificate yet: {0}", problem);
    } else {
      LOG.log(
          System.Logger.Level.ERROR,
          "the certificate in the cluster cannot be kept: {0}; the one in force stays",
          problem);
    }
  }

  /** Stops looking, and lets another replica take its turn; takes no longer than the time. */
  void close(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    schedule.shutdownNow();
    try {
      schedule.awaitTermination(time.dividedBy(2).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long left = end - System.nanoTime();
    if (managed != null && left > 0) {
      managed.resign(Duration.ofNanos(left));
    }
  }
}

package dev.portcullis.webhook;

import dev.portcullis.cluster.CertificateStore;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the certificate of all replicas: the one whose turn it is renews it, every one takes it
 * over.
 */
final class ManagedCertificates implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ManagedCertificates.class.getName());
  private static final Duration TERM = Duration.ofSeconds(15);
  private static final Duration MOST_WAIT = Duration.ofMinutes(5);

  private final CertificateStore store;
  private final Renewal renewal;
  private final Duration period;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("portcullis-certificates").factory());
  private String inForce = "";

  ManagedCertificates(CertificateSource.Managed source) {
    this.store = source.store();
    this.renewal = new Renewal(source.serverName(), source.lifetime(), source.renewBefore());
    Duration share = source.lifetime().dividedBy(120);
    Duration most = Duration.ofSeconds(10);
    Duration least = Duration.ofSeconds(1);
    this.period = share.compareTo(most) > 0 ? most : share.compareTo(least) < 0 ? least : share;
  }

  /**
   * {@return the certificate of the cluster, made first if there is none}; waits for the replica
   * whose turn it is.
   */
  ServingCertificate first() throws StartException {
    long end = System.nanoTime() + MOST_WAIT.toNanos();
    String told = "";
    while (true) {
      String problem;
      try {
        ServingCertificate changed = look();
        if (changed != null) {
          return changed;
        }
        problem = "another replica is to make the certificate, and has not yet";
      } catch (IOException | GeneralSecurityException e) {
        problem = String.valueOf(e.getMessage());
      }
      if (System.nanoTime() > end) {
        throw new StartException(
            "no certificate after " + MOST_WAIT.toMinutes() + " minutes: " + problem);
      }
      if (!problem.equals(told)) {
        LOG.log(System.Logger.Level.WARNING, "no certificate yet: {0}", problem);
        told = problem;
      }
      pause(Duration.ofSeconds(1));
    }
  }

  /** Goes on looking; {@code changed} hears of each new certificate. */
  void follow(Consumer<ServingCertificate> changed) {
    var _ =
        schedule.scheduleWithFixedDelay(
            () -> {
              try {
                ServingCertificate next = look();
                if (next != null) {
                  changed.accept(next);
                }
              } catch (IOException
                  | GeneralSecurityException
                  | StartException
                  | RuntimeException e) {
                LOG.log(
                    System.Logger.Level.ERROR,
                    "the certificate in the cluster cannot be kept: {0}; the one in force stays",
                    e.getMessage());
              }
            },
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * {@return the certificate to show, or null when it is the one in force, or there is none yet}
   */
  private @Nullable ServingCertificate look()
      throws IOException, GeneralSecurityException, StartException {
    CertificateStore.Stored stored = store.read();
    if (store.lead(TERM)) {
      Map<String, String> next = renewal.next(stored.texts(), Instant.now());
      if (!next.equals(stored.texts())) {
        CertificateStore.Stored written = store.write(stored, next);
        stored = written == null ? store.read() : written;
      }
      String authorities = stored.texts().get(Renewal.AUTHORITIES);
      if (authorities != null) {
        store.register(authorities);
      }
    }
    String certificate = stored.texts().get(Renewal.CERTIFICATE);
    String key = stored.texts().get(Renewal.KEY);
    if (certificate == null || key == null || certificate.equals(inForce)) {
      return null;
    }
    var loaded = new ServingCertificate(Pem.certificates(certificate), Pem.privateKey(key));
    inForce = certificate;
    return loaded;
  }

  private static void pause(Duration time) throws StartException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("stopped before there was a certificate", e);
    }
  }

  /** Ends looking, and lets another replica take its turn at once. */
  @Override
  public void close() {
    schedule.shutdownNow();
    try {
      schedule.awaitTermination(1, TimeUnit.SECONDS);
      store.resign();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the Lease was not given back: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

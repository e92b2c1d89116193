package dev.portcullis.webhook;

import dev.portcullis.cluster.CertificateStore;
import dev.portcullis.cluster.CertificateStore.Stored;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of all replicas: the one whose turn it is renews and repairs it, every one takes
 * it over. Used by one thread, but for {@link #resign}.
 */
final class ManagedCertificates {
  private static final System.Logger LOG = System.getLogger(ManagedCertificates.class.getName());
  private static final Duration TERM = Duration.ofSeconds(15);

  /** Clocks that differ by less are taken for equal: a reply's date has whole seconds. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static final Duration BAD_CLOCK = Duration.ofMinutes(5);

  private final CertificateStore store;
  private final Renewal renewal;
  private final CertificateMetrics metrics;
  private final ChangingProblem problems = new ChangingProblem(System::nanoTime);
  private Map<String, String> good = Map.of();
  private String inForce = "";

  /**
   * What a look came to.
   *
   * @param changed a certificate that is to be shown from now on, null to go on
   * @param authorities that must be trusted, none while they are not known
   * @param leads whether it is our turn to write
   */
  record Seen(
      @Nullable ServingCertificate changed, List<X509Certificate> authorities, boolean leads) {}

  ManagedCertificates(CertificateSource.Managed source, CertificateMetrics metrics) {
    this.store = source.store();
    this.renewal = new Renewal(source.serverName(), source.lifetime(), source.renewBefore());
    this.metrics = metrics;
  }

  /** {@return how often to look when certificates live for so long} */
  static Duration period(Duration lifetime) {
    Duration share = lifetime.dividedBy(120);
    Duration most = Duration.ofSeconds(10);
    Duration least = Duration.ofSeconds(1);
    return share.compareTo(most) > 0 ? most : share.compareTo(least) < 0 ? least : share;
  }

  /** {@return the time by the clock of those who check certificates} */
  Instant now() {
    Duration ahead = store.clockAhead();
    if (ahead.abs().compareTo(BAD_CLOCK) > 0) {
      if (problems.isNews("clock", Long.toString(ahead.toMinutes()))) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the API server''s clock is {0} minutes ahead of this machine''s; certificates go by"
                + " that of the API server",
            Long.toString(ahead.toMinutes()));
      }
    }
    return ahead.abs().compareTo(SKEW) > 0 ? Instant.now().plus(ahead) : Instant.now();
  }

  /** Looks at the Secret, and brings it forward or in order when that is our turn. */
  Seen look() throws IOException, GeneralSecurityException {
    try {
      Seen seen = looked();
      metrics.stored(true);
      return seen;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      metrics.stored(false);
      throw e;
    }
  }

  private Seen looked() throws IOException, GeneralSecurityException {
    Stored stored = store.read();
    boolean leads = store.lead(TERM);
    Instant now = now();
    if (leads) {
      stored = kept(stored, now);
    }
    StoredCertificate is = StoredCertificate.of(stored.texts(), now);
    ServingCertificate certificate = is.certificate();
    if (is.damage() == null) {
      good = stored.texts();
      problems.solved("damage");
    } else if (!leads && !good.isEmpty() && problems.isNews("damage", is.damage().label())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the Secret {0} is damaged: {1}; the certificate in force stays, and another replica is"
              + " to repair it",
          store.names().secret(),
          is.damage().words());
    }
    String shown =
        stored.texts().getOrDefault(StoredCertificate.CERTIFICATE, "")
            + stored.texts().getOrDefault(StoredCertificate.KEY, "");
    if (certificate == null || shown.equals(inForce) || !mayBeShown(is)) {
      return new Seen(null, trusted(is, now), leads);
    }
    inForce = shown;
    return new Seen(certificate, trusted(is, now), leads);
  }

  private Stored kept(Stored stored, Instant now) throws IOException, GeneralSecurityException {
    Map<String, String> next = renewal.next(stored.texts(), good, now);
    if (next.equals(stored.texts())) {
      return stored;
    }
    CertificateDamage damage = Renewal.damage(stored.exists(), stored.texts(), good, now);
    if (damage != null) {
      announce(damage, stored, now);
    }
    Stored written = store.write(stored, next);
    if (written == null) {
      // Another replica was faster: what it wrote counts.
      return store.read();
    }
    if (damage != null) {
      metrics.repaired(damage);
      boolean restored = StoredCertificate.of(good, now).damage() == null;
      LOG.log(
          System.Logger.Level.WARNING,
          "the Secret {0} is repaired ({1}): {2}",
          store.names().secret(),
          damage.label(),
          restored
              ? "it holds the certificate in force again"
              : "it holds a new certificate of a new authority");
    }
    return written;
  }

  /** Before the repair, which may be refused. */
  private void announce(CertificateDamage damage, Stored stored, Instant now) {
    if (problems.isNews("damage", damage.label())) {
      String fault = StoredCertificate.of(stored.texts(), now).fault();
      LOG.log(
          System.Logger.Level.WARNING,
          "the Secret {0} is damaged: {1}{2}",
          store.names().secret(),
          damage.words(),
          fault.isEmpty() ? "" : " (" + fault + ")");
    }
  }

  /** What only time is wrong with is the best there is; a wrong authority gets nowhere. */
  private boolean mayBeShown(StoredCertificate is) {
    CertificateDamage damage = is.damage();
    return damage == null
        || (inForce.isEmpty()
            && (damage == CertificateDamage.EXPIRED || damage == CertificateDamage.NOT_YET_VALID));
  }

  /** While the Secret is damaged, those of the certificate in force. */
  private List<X509Certificate> trusted(StoredCertificate is, Instant now) {
    return is.damage() == null ? is.authorities() : StoredCertificate.of(good, now).authorities();
  }

  /** Lets another replica take its turn at once; takes no longer than the time. */
  void resign(Duration time) {
    try {
      store.resign(time);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "the Lease was not given back: {0}", e.getMessage());
    }
  }
}

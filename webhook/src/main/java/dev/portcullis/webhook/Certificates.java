package dev.portcullis.webhook;

import dev.portcullis.cluster.ChangeWatch;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and the authorities of its clients, and what happens when they change.
 */
final class Certificates {
  private static final System.Logger LOG = System.getLogger(Certificates.class.getName());

  private final CertificateSource source;
  private final ReloadingKeys keys;
  private final @Nullable Path authorities;
  private final @Nullable ReloadingTrust trust;
  private final ServerMetrics metrics;
  private final @Nullable ManagedCertificates managed;

  private Certificates(
      CertificateSource source,
      @Nullable ManagedCertificates managed,
      ReloadingKeys keys,
      @Nullable Path authorities,
      @Nullable ReloadingTrust trust,
      ServerMetrics metrics) {
    this.source = source;
    this.managed = managed;
    this.keys = keys;
    this.authorities = authorities;
    this.trust = trust;
    this.metrics = metrics;
  }

  static Certificates load(
      CertificateSource source,
      @Nullable Path authorities,
      ClientNames names,
      TlsProvider tls,
      ServerMetrics metrics)
      throws StartException {
    ManagedCertificates managed = null;
    if (source instanceof CertificateSource.Managed own) {
      managed = new ManagedCertificates(own);
    }
    ServingCertificate certificate = managed != null ? managed.first() : load(source);
    metrics.loaded(ServerMetrics.Followed.CERTIFICATE);
    return new Certificates(
        source,
        managed,
        new ReloadingKeys(certificate),
        authorities,
        authorities == null ? null : ReloadingTrust.of(authorities, tls.namesAuthorities(), names),
        metrics);
  }

  private static ServingCertificate load(CertificateSource source) throws StartException {
    return switch (source) {
      case CertificateSource.Files files ->
          ServingCertificate.read(files.certificate(), files.key());
      case CertificateSource.SelfSigned own -> SelfSigned.make(own.host());
      case CertificateSource.Managed own ->
          throw new IllegalArgumentException("kept by others: " + own);
    };
  }

  ReloadingKeys keys() {
    return keys;
  }

  /** {@return what clients must be trusted by, null when they need no certificate} */
  @Nullable ReloadingTrust trust() {
    return trust;
  }

  /**
   * Reads changed files again and then calls {@code changed}, so that old connections can be ended.
   */
  void follow(ChangeWatch watch, Runnable changed) {
    if (source instanceof CertificateSource.Files files) {
      watch.follow(
          List.of(files.certificate(), files.key()),
          () ->
              reload(
                  ServerMetrics.Followed.CERTIFICATE,
                  changed,
                  () -> keys.replace(ServingCertificate.read(files.certificate(), files.key()))));
    }
    if (managed != null) {
      managed.follow(
          next -> reload(ServerMetrics.Followed.CERTIFICATE, changed, () -> keys.replace(next)));
    }
    Path file = authorities;
    ReloadingTrust trusted = trust;
    if (file != null && trusted != null) {
      watch.follow(
          List.of(file),
          () ->
              reload(
                  ServerMetrics.Followed.CLIENT_AUTHORITIES, changed, () -> trusted.reload(file)));
    }
  }

  /** Stops following. */
  void close() {
    if (managed != null) {
      managed.close();
    }
  }

  private interface Reload {
    void run() throws StartException;
  }

  private void reload(ServerMetrics.Followed what, Runnable changed, Reload reload) {
    try {
      reload.run();
      changed.run();
      metrics.reloaded(what, true);
      LOG.log(
          System.Logger.Level.INFO,
          "the {0} changed and is in force, good until {1}",
          what.words(),
          keys.current().expiry());
    } catch (StartException e) {
      metrics.reloaded(what, false);
      LOG.log(
          System.Logger.Level.ERROR,
          "the {0} changed and cannot be used: {1}; what was there before stays in force",
          what.words(),
          e.message());
    }
  }
}

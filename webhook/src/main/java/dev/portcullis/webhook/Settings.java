package dev.portcullis.webhook;

import dev.portcullis.admission.harden.HardenOrder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param configuration a PodSecurityConfiguration, followed for changes; null for none
 * @param review where reviews are answered, by HTTPS
 * @param operator where probes and scrapes are answered, by HTTP
 * @param certificate the server's certificate
 * @param clientAuthorities certificates, in PEM, one of which must have signed a client's; null to
 *     ask for none
 * @param clientNames which clients are heard of those whose certificate was signed so
 * @param tls who computes TLS
 * @param suites which versions and suites of TLS are spoken
 * @param hardening what namespaces without hardening labels get
 * @param limits what clients may ask for
 * @param timing how long changes and the end take
 * @param registration how the API server comes to know of the server; null when that is not its
 *     business
 */
public record Settings(
    @Nullable Path configuration,
    Address review,
    Address operator,
    CertificateSource certificate,
    @Nullable Path clientAuthorities,
    ClientNames clientNames,
    TlsProvider tls,
    TlsSuites suites,
    HardenOrder hardening,
    Limits limits,
    Timing timing,
    @Nullable Registration registration) {
  /** With the best TLS there is, and without hardening but where a namespace asks for it. */
  public Settings(
      @Nullable Path configuration,
      Address review,
      Address operator,
      CertificateSource certificate,
      @Nullable Path clientAuthorities,
      Limits limits,
      Timing timing) {
    this(
        configuration,
        review,
        operator,
        certificate,
        clientAuthorities,
        ClientNames.ANY,
        TlsProvider.best(),
        TlsSuites.STANDARD,
        HardenOrder.NONE,
        limits,
        timing,
        null);
  }

  /**
   * How long things take.
   *
   * @param watch how often files are looked at
   * @param drain how long, after a change of certificate, idle connections made before it are kept
   * @param shutdownDelay how long requests are still taken after the server has said that it is not
   *     ready
   * @param shutdownGrace how long a stop may take in all
   */
  public record Timing(
      Duration watch, Duration drain, Duration shutdownDelay, Duration shutdownGrace) {
    /** For a cluster. */
    public static final Timing STANDARD =
        new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30));
  }
}

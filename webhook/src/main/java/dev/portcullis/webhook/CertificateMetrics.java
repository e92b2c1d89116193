package dev.portcullis.webhook;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of certificates, of their registration and of handshakes. */
final class CertificateMetrics {
  private final Counter repairs =
      Counter.builder()
          .name("portcullis_certificate_repairs_total")
          .help("Damages of the Secret that this replica has repaired, by what was wrong.")
          .labelNames("damage")
          .build();
  private final Gauge storeSuccessful =
      Gauge.builder()
          .name("portcullis_certificate_store_successful")
          .help(
              "Whether this replica could last read the certificate in the cluster, and keep it in"
                  + " order: 1 yes, 0 no, the one in force stays.")
          .build();
  private final Gauge registered =
      Gauge.builder()
          .name("portcullis_webhook_registered")
          .help(
              "Whether a webhook configuration is there and has effect: 1 yes, 0 no, then nothing"
                  + " is asked by it.")
          .labelNames("configuration")
          .build();
  private final Gauge trusted =
      Gauge.builder()
          .name("portcullis_certificate_trusted")
          .help(
              "Whether the caBundle of a webhook configuration trusts the certificate that this"
                  + " replica shows: 1 yes, 0 no, then the API server refuses every call.")
          .labelNames("configuration")
          .build();
  private final Gauge probe =
      Gauge.builder()
          .name("portcullis_api_server_probe_successful")
          .help("Whether the API server's last probe call came through: 1 yes, 0 no.")
          .build();
  private final Counter handshakes =
      Counter.builder()
          .name("portcullis_tls_handshake_failures_total")
          .help("TLS handshakes that failed on the port for reviews, by why.")
          .labelNames("reason")
          .build();

  CertificateMetrics(
      PrometheusRegistry registry, Supplier<@Nullable ServingCertificate> certificate) {
    registry.register(repairs);
    registry.register(storeSuccessful);
    registry.register(registered);
    registry.register(trusted);
    registry.register(probe);
    registry.register(handshakes);
    for (CertificateDamage damage : CertificateDamage.values()) {
      repairs.initLabelValues(damage.label());
    }
    for (HandshakeFailures.Reason reason : HandshakeFailures.Reason.values()) {
      handshakes.initLabelValues(reason.label());
    }
    gauge(
        registry,
        "portcullis_certificate_expiry_timestamp_seconds",
        "When the server's certificate expires, in seconds since 1970.",
        certificate,
        shown -> shown.expiry().getEpochSecond());
    gauge(
        registry,
        "portcullis_certificate_lifetime_seconds",
        "How long the server's certificate is good for in all.",
        certificate,
        shown -> Duration.between(shown.start(), shown.expiry()).toSeconds());
  }

  /** Without a certificate there is no series: 0 would be an end in 1970. */
  private static void gauge(
      PrometheusRegistry registry,
      String name,
      String help,
      Supplier<@Nullable ServingCertificate> certificate,
      ToDoubleFunction<ServingCertificate> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> {
          ServingCertificate shown = certificate.get();
          if (shown != null) {
            callback.call(value.applyAsDouble(shown));
          }
        })
        .register(registry);
  }

  void repaired(CertificateDamage damage) {
    repairs.labelValues(damage.label()).inc();
  }

  void stored(boolean successful) {
    storeSuccessful.set(successful ? 1 : 0);
  }

  void registered(String configuration, boolean effective) {
    registered.labelValues(configuration).set(effective ? 1 : 0);
  }

  /** Null when nothing is registered that could trust it. */
  void trusted(String configuration, @Nullable Boolean trusts) {
    if (trusts == null) {
      trusted.remove(configuration);
    } else {
      trusted.labelValues(configuration).set(trusts ? 1 : 0);
    }
  }

  void probed(boolean successful) {
    probe.set(successful ? 1 : 0);
  }

  void handshakeFailed(HandshakeFailures.Reason reason) {
    handshakes.labelValues(reason.label()).inc();
  }
}

package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two replicas make, renew and register their certificates themselves while pods are created
 * without a break.
 */
final class SelfManagedCertificatesIT {
  private static final int PER_SECOND = 10;
  private static final int RENEWALS = 2;

  /** A certificate begins so much before it is made, for clocks that differ. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private static final List<String> SELF_MANAGED =
      List.of("certificates.source=self-managed", "webhooks.excludedNamespaces={}");

  private static final String CONFIGURATION =
      Webhook.DEFAULTS + "defaults: {enforce: restricted}\n";

  /** What certificates live for. */
  enum Life {
    /** Good for an hour, and renewed when it is twenty seconds old. */
    HOUR(Duration.ofHours(1)),
    /** So short that the first one ends meanwhile. */
    MINUTE(Duration.ofMinutes(1));

    private final Duration validity;

    Life(Duration validity) {
      this.validity = validity;
    }

    List<String> options() {
      return switch (this) {
        case HOUR -> List.of("--certificate-lifetime=1h", "--certificate-renew-before=3580s");
        case MINUTE -> List.of("--certificate-lifetime=1m");
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void noRequestFailsWhileCertificatesAreRenewed(Life life) {
    try (Cluster cluster = Cluster.still("certificates-" + life, new PodSecurityPlugin.Off())) {
      Registration.permissions(
          cluster, List.of("rbac", "serviceaccount", "certificates"), SELF_MANAGED);
      cluster.makeStillNamespace("stream", Map.of());
      // The replicas write their authority into what is registered; where they are is known later.
      Registration.register(cluster, Registration.Route.SERVICE, 1, SELF_MANAGED);
      var replicas = List.of(replica(cluster, "one", life), replica(cluster, "two", life));
      var balancer = cluster.add(LoadBalancer.start(cluster.folder(), replicas));
      Registration.register(cluster, Registration.Route.SERVICE, balancer.port(), SELF_MANAGED);
      Registration.awaitCalled(cluster);

      var stream = cluster.add(PodStream.start(cluster.admin(), "stream", PER_SECOND));
      Set<X509Certificate> certificates = new LinkedHashSet<>();
      Eventually.holds(
          "both replicas show the third certificate",
          Duration.ofMinutes(8),
          () -> {
            certificates.add(certificate(cluster));
            return certificates.size() > RENEWALS
                && replicas.stream().allMatch(SelfManagedCertificatesIT::hasRenewed);
          });
      stream.awaitClean(PER_SECOND * 15, Duration.ofMinutes(2));

      PodStream.Tally tally = stream.cut();
      System.out.println("self-managed certificates, " + life + ", renewed: " + tally);
      assertThat(tally.failures()).as(tally.toString()).isZero();
      assertThat(tally.violatingStored).isZero();
      assertThat(tally.wronglyDenied).isZero();
      assertThat(tally.denied).isPositive();
      assertThat(certificates)
          .allSatisfy(certificate ->
              assertThat(validity(certificate)).isEqualTo(life.validity.plus(BEFORE)));
      // Each comes with an authority of its own.
      assertThat(certificates)
          .extracting(X509Certificate::getIssuerX500Principal)
          .doesNotHaveDuplicates();
    }
  }

  private static X509Certificate certificate(Cluster cluster) {
    return Identity.certificateOf(
        cluster
            .admin()
            .get("/api/v1/namespaces/portcullis/secrets/portcullis-tls")
            .expectSuccess()
            .body()
            .at("/data/tls.crt")
            .asString());
  }

  private static Duration validity(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static boolean hasRenewed(Webhook replica) {
    return replica.metric("portcullis_reloads_total{file=\"certificate\",result=\"success\"}")
        >= RENEWALS;
  }

  private static Webhook replica(Cluster cluster, String name, Life life) {
    var options =
        new ArrayList<>(
            List.of(
                "--certificate-namespace=portcullis",
                "--certificate-secret=portcullis-tls",
                "--certificate-lease=portcullis",
                "--certificate-service=portcullis",
                "--webhook-configuration=portcullis-enforcing",
                "--webhook-configuration=portcullis-advisory"));
    options.addAll(life.options());
    var unused = CertificateAuthority.named("unused");
    return cluster.add(
        Webhook.start(
            Webhook.Kind.PORTCULLIS,
            new Webhook.Settings(
                cluster.folder().resolve("replica-" + name),
                Ports.free(),
                CONFIGURATION,
                unused,
                unused.server(),
                options),
            cluster.server()));
  }
}

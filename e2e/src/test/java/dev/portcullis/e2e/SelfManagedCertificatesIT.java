package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Two replicas make, renew and register their certificates themselves while pods are created
 * without a break.
 */
final class SelfManagedCertificatesIT {
  private static final int PER_SECOND = 10;

  /** An hour's certificate in a minute: it is renewed when a third of it is left. */
  private static final String LIFETIME = "60s";

  private static final List<String> SELF_MANAGED =
      List.of("certificates.source=self-managed", "webhooks.excludedNamespaces={}");

  private static final String CONFIGURATION =
      Webhook.DEFAULTS + "defaults: {enforce: restricted}\n";

  @AutoClose
  private final Cluster cluster = Cluster.still("certificates", new PodSecurityPlugin.Off());

  @Test
  void noRequestFailsWhileCertificatesAreRenewed() {
    Registration.permissions(
        cluster, List.of("rbac", "serviceaccount", "certificates"), SELF_MANAGED);
    cluster.makeStillNamespace("stream", Map.of());
    // The replicas write their authority into what is registered; where they are is known later.
    Registration.register(cluster, Registration.Route.SERVICE, 1, SELF_MANAGED);
    var replicas = List.of(replica("one"), replica("two"));
    var balancer = cluster.add(LoadBalancer.start(cluster.folder(), replicas));
    Registration.register(cluster, Registration.Route.SERVICE, balancer.port(), SELF_MANAGED);
    Registration.awaitCalled(cluster);

    var stream = cluster.add(PodStream.start(cluster.admin(), "stream", PER_SECOND));
    Set<String> certificates = new HashSet<>();
    Eventually.holds(
        "the certificate is renewed twice",
        Duration.ofMinutes(5),
        () -> {
          certificates.add(
              cluster
                  .admin()
                  .get("/api/v1/namespaces/portcullis/secrets/portcullis-tls")
                  .body()
                  .at("/data/tls.crt")
                  .asString(""));
          return certificates.size() == 3;
        });
    stream.awaitClean(PER_SECOND * 15, Duration.ofMinutes(2));

    PodStream.Tally tally = stream.cut();
    System.out.println("self-managed certificates, renewed twice: " + tally);
    assertThat(tally.failures()).as(tally.toString()).isZero();
    assertThat(tally.violatingStored).isZero();
    assertThat(tally.wronglyDenied).isZero();
    assertThat(tally.denied).isPositive();
  }

  private Webhook replica(String name) {
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
                List.of(
                    "--certificate-namespace=portcullis",
                    "--certificate-secret=portcullis-tls",
                    "--certificate-lease=portcullis",
                    "--certificate-service=portcullis",
                    "--certificate-lifetime=" + LIFETIME,
                    "--webhook-configuration=portcullis-enforcing",
                    "--webhook-configuration=portcullis-advisory")),
            cluster.server()));
  }
}

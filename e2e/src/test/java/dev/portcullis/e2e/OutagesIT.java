package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two replicas behind a load balancer while pods are created without a break: whatever is taken
 * away, no violating pod is ever stored.
 *
 * <p>Requests that fail are counted for each outage; {@code docs/operations.md} explains the
 * figures.
 */
final class OutagesIT {
  private static final int PER_SECOND = Integer.getInteger("e2e.outages.rate", 10);
  private static final Duration RECOVERY = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(40);
  private static final String NAMESPACE = "stream";

  /** Restricted by the configuration alone: if that were lost, every pod would be admitted. */
  private static final String CONFIGURATION =
      """
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      defaults: {enforce: restricted}
      """;

  private static final String CHANGED = CONFIGURATION + "exemptions: {namespaces: [%s]}\n";

  @AutoClose private static Cluster cluster;
  private static CertificateAuthority authority;
  private static List<Webhook> replicas;
  private static PodStream stream;
  private final List<String> figures = new ArrayList<>();

  private interface Event {
    void happen() throws Exception;
  }

  @BeforeAll
  static void start() {
    cluster = Cluster.still("outages", new PodSecurityPlugin.Off());
    Registration.permissions(cluster);
    authority = CertificateAuthority.named("e2e-webhook");
    replicas = List.of(replica("one"), replica("two"));
    var balancer = cluster.add(LoadBalancer.start(cluster.folder(), replicas));
    Registration.webhooks(
        cluster,
        Registration.Route.SERVICE,
        balancer.port(),
        authority,
        Registration.ALL_NAMESPACES);
    for (String name : List.of(NAMESPACE, "other")) {
      cluster.makeStillNamespace(name, Map.of());
    }
    stream = cluster.add(PodStream.start(cluster.admin(), NAMESPACE, PER_SECOND));
  }

  private static Webhook replica(String name) {
    return cluster.add(
        Webhook.start(
            Webhook.Kind.chosen(),
            new Webhook.Settings(
                cluster.folder().resolve("replica-" + name),
                Ports.free(),
                CONFIGURATION,
                authority,
                authority.server(Registration.SERVER_NAME)),
            cluster.server()));
  }

  @Test
  void noViolatingPodIsEverStored() throws Exception {
    during("no outage", 0, () -> stream.awaitClean(PER_SECOND * 5, RECOVERY));
    during(
        "one of two replicas is killed with -9",
        PER_SECOND,
        () -> {
          replicas.getFirst().kill();
          stream.awaitClean(PER_SECOND * 3, RECOVERY);
          replicas.getFirst().startAgain();
        });
    during(
        "a rolling restart",
        0,
        () -> {
          for (Webhook replica : replicas) {
            assertThat(replica.terminate(GRACE)).isIn(0, 143);
            replica.startAgain();
            stream.awaitClean(PER_SECOND, RECOVERY);
          }
        });
    during("certificates are rotated", 0, OutagesIT::rotate);
    during("the configuration is changed", 0, OutagesIT::reconfigure);
    during(
        "the API server is killed and started again",
        Integer.MAX_VALUE,
        () -> cluster.server().restart());
    during(
        "etcd is down for ten seconds",
        Integer.MAX_VALUE,
        () -> {
          cluster.etcd().stop();
          Eventually.pauseUntil(System.nanoTime() + Duration.ofSeconds(10).toNanos());
          cluster.etcd().startAgain();
        });
    during(
        "both replicas are down for five seconds",
        Integer.MAX_VALUE,
        () -> {
          replicas.forEach(Webhook::kill);
          Eventually.pauseUntil(System.nanoTime() + Duration.ofSeconds(5).toNanos());
          replicas.forEach(Webhook::startAgain);
        });
    stream.close();

    assertThat(storedPods()).isNotEmpty().noneMatch(name -> name.startsWith(PodStream.VIOLATING));
  }

  /**
   * Lets something happen, waits until all is well again, and holds what became of the requests
   * against the limit.
   */
  private void during(String what, int mayFail, Event event) throws Exception {
    stream.cut();
    long began = System.nanoTime();
    event.happen();
    stream.awaitClean(PER_SECOND * 2, RECOVERY);
    PodStream.Tally tally = stream.cut();
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    figures.add("%s (%d s): %s".formatted(what, seconds, tally));
    System.out.println("outages: " + figures.getLast());
    write();
    assertThat(tally.violatingStored).as(what).isZero();
    assertThat(tally.wronglyDenied).as(what).isZero();
    assertThat(tally.failures()).as("%s: %s", what, tally).isLessThanOrEqualTo(mayFail);
  }

  private static void rotate() {
    for (Webhook replica : replicas) {
      Identity fresh = authority.server(Registration.SERVER_NAME);
      replica.rotate(fresh);
      Eventually.holds(
          "a new connection is shown the new certificate",
          Duration.ofSeconds(90),
          () -> replica.shownCertificate().equals(fresh.certificate()));
    }
  }

  /**
   * The reference reads its configuration once: it is started again, one replica after the other.
   */
  private static void reconfigure() {
    for (Webhook replica : replicas) {
      replica.configure(CHANGED.formatted("other"));
      if (Webhook.Kind.chosen() == Webhook.Kind.REFERENCE) {
        replica.terminate(GRACE);
        replica.startAgain();
      }
    }
    var violating = PodStream.pod("tried", true);
    Eventually.holds(
        "the newly exempt namespace takes a violating pod, asked twenty times",
        Duration.ofSeconds(90),
        () -> {
          for (int i = 0; i < 20; i++) {
            if (!cluster
                .admin()
                .create("/api/v1/namespaces/other/pods?dryRun=All", violating)
                .succeeded()) {
              return false;
            }
          }
          return true;
        });
  }

  private static List<String> storedPods() {
    var names = new ArrayList<String>();
    for (JsonNode pod :
        cluster.admin().get("/api/v1/namespaces/" + NAMESPACE + "/pods").body().path("items")) {
      names.add(pod.at("/metadata/name").asString());
    }
    return names;
  }

  private void write() throws IOException {
    Path file = cluster.folder().resolve("figures.txt");
    Files.writeString(file, String.join("\n", figures) + "\n");
  }
}

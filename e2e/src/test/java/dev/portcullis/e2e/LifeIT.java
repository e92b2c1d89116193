package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Portcullis is installed by Helm, changed, deprived of this and that, and removed. */
final class LifeIT {
  private static final int ANY = Integer.MAX_VALUE;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What every release has: restricted by configuration alone, and a port that needs no root. */
  private static final List<String> BASE =
      List.of(
          "image.repository=registry.example.com/portcullis",
          "podSecurityConfiguration.defaults.enforce=restricted",
          "service.port=9443");

  private String webhookName = Registration.WEBHOOK;

  @Test
  void fromInstallToUninstall() {
    try (Life life = Life.start("life", Map.of())) {
      installed(life);
      upgraded(life);
      brokenAndMended(life);
      removed(life);
      int jobs = life.stream().awaitJobs(PATIENCE);
      life.assertFaultless();
      assertThat(jobs).isGreaterThan(10);
    }
  }

  private void installed(Life life) {
    life.phase(
        "helm install of an image that never comes",
        0,
        () -> {
          upgrade(life, "image.repository=registry.example.com/" + StandInNode.NO_IMAGE);
          life.stream().awaitClean(60, PATIENCE);
        });
    life.phase(
        "the image comes, and the webhooks get their rules",
        0,
        () -> {
          upgrade(life);
          life.stream().awaitEnforced(PATIENCE);
          life.awaitRolledOut();
        });
  }

  private void upgraded(Life life) {
    life.phase(
        "helm upgrade of values that restart nobody",
        0,
        () -> {
          upgrade(life, "webhooks.enforcing.timeoutSeconds=7", "webhooks.annotations.owner=me");
          upgrade(life, "podSecurityConfiguration.defaults.audit=baseline");
          upgrade(life, "webhooks.excludedNamespaces={kube-system,2024}");
          upgrade(life);
        });
    life.phase(
        "helm upgrade of the pods",
        0,
        () -> {
          upgrade(life, "jvm.maxHeap=192m");
          life.awaitRolledOut();
        });
    life.phase(
        "the webhooks' name is changed in the documented order",
        0,
        () -> {
          webhookName = Registration.TWIN;
          upgrade(life, "jvm.maxHeap=192m", "webhooks.alsoNames={" + Registration.WEBHOOK + "}");
          awaitComplete(life, 2);
          upgrade(life, "jvm.maxHeap=192m");
          awaitComplete(life, 1);
        });
    var authority = CertificateAuthority.named("operator");
    String[] secret = certificateSource(life, authority);
    life.phase(
        "from self-managed certificates to a Secret's",
        0,
        () -> {
          upgrade(life, secret);
          life.awaitRolledOut();
        });
    life.phase(
        "from a Secret's certificate to self-managed ones",
        0,
        () -> {
          upgrade(life, "certificates.alsoTrust=" + ApiClient.base64(authority.pem()));
          life.awaitRolledOut();
          upgrade(life);
          life.awaitRolledOut();
        });
  }

  private void brokenAndMended(Life life) {
    life.phase("break glass with two replicas, and back", 0, () -> breakGlass(life));
    life.phase(
        "one of two replicas crashes",
        1,
        () -> {
          life.node().replicas().getFirst().crash();
          life.stream().awaitClean(60, PATIENCE);
        });
    life.phase(
        "the API server is killed and started again", ANY, () -> life.cluster().server().restart());
    life.phase(
        "etcd is away for five seconds",
        ANY,
        () -> {
          life.cluster().etcd().stop();
          Eventually.pauseUntil(System.nanoTime() + Duration.ofSeconds(5).toNanos());
          life.cluster().etcd().startAgain();
        });
    life.phase(
        "both replicas start while the API server is away",
        ANY,
        () -> {
          var before = life.node().replicas().stream().mapToInt(OwnPod::restarts).sum();
          life.cluster().server().kill();
          life.node().replicas().forEach(OwnPod::crash);
          Eventually.pauseUntil(System.nanoTime() + Duration.ofSeconds(20).toNanos());
          life.cluster().server().startAgain();
          life.awaitRolledOut();
          life.stream().awaitClean(24, PATIENCE);
          var after = life.node().replicas().stream().mapToInt(OwnPod::restarts).sum();
          if (after > before + 2) {
            life.fault("replicas were restarted although they waited rightly: " + after);
          }
        });
    life.phase(
        "one replica alone, then break glass and back",
        0,
        () -> {
          upgrade(life, "replicaCount=1");
          life.awaitRolledOut();
          breakGlassOf(life, "replicaCount=1");
        });
  }

  private void removed(Life life) {
    life.phase(
        "the namespace is deleted, and the webhooks go with it",
        ANY,
        () -> {
          upgrade(life, "webhooks.deletedWithNamespace=true");
          life.awaitRolledOut();
          life.cluster().kubectl().run("delete", "namespace", Registration.NAMESPACE).succeeded();
          Eventually.holds(
              "the webhook configurations are gone",
              PATIENCE,
              () -> !life.cluster().admin().reaches(configuration("enforcing")));
          life.stream().awaitClean(24, PATIENCE);
        });
    life.phase(
        "it is installed again",
        0,
        () -> {
          upgrade(life);
          life.stream().awaitEnforced(PATIENCE);
        });
    life.phase(
        "it is taken out as documented",
        0,
        () -> {
          life.cluster()
              .kubectl()
              .run(
                  "delete",
                  "validatingwebhookconfiguration",
                  "portcullis-enforcing",
                  "portcullis-advisory",
                  "portcullis-probe")
              .succeeded();
          life.helm().uninstall();
          assertThat(life.cluster().admin().reaches(configuration("enforcing"))).isFalse();
          life.stream().awaitClean(24, PATIENCE);
        });
  }

  private void breakGlass(Life life) {
    breakGlassOf(life);
  }

  private void breakGlassOf(Life life, String... values) {
    life.cluster()
        .kubectl()
        .run("delete", "validatingwebhookconfiguration", "portcullis-enforcing")
        .succeeded();
    // A replica that starts meanwhile must come up.
    life.node().replicas().getFirst().crash();
    life.stream().awaitClean(24, PATIENCE);
    life.awaitRolledOut();
    upgrade(life, values);
    life.stream().awaitEnforced(PATIENCE);
  }

  /** Makes the Secret of an operator. {@return the values that name it} */
  private String[] certificateSource(Life life, CertificateAuthority authority) {
    var secret = ApiClient.JSON.createObjectNode().put("type", "kubernetes.io/tls");
    secret.putObject("metadata").put("name", "operators-tls");
    var data = secret.putObject("data");
    authority
        .server(Registration.SERVER_NAME)
        .files()
        .forEach((name, text) -> data.put(name, ApiClient.base64(text)));
    life.cluster()
        .admin()
        .create("/api/v1/namespaces/" + Registration.NAMESPACE + "/secrets", secret)
        .expectSuccess();
    return new String[] {
      "certificates.source=secret",
      "certificates.secret.name=operators-tls",
      "certificates.secret.caBundle=" + ApiClient.base64(authority.pem())
    };
  }

  /** Returns when so many webhooks are registered in each object, all with rules. */
  private void awaitComplete(Life life, int webhooks) {
    Eventually.holds(
        webhooks + " webhooks with rules",
        PATIENCE,
        () -> {
          int complete = 0;
          for (var webhook : life.object(configuration("enforcing")).path("webhooks")) {
            if (!webhook.path("rules").isEmpty() && webhook.at("/clientConfig").has("caBundle")) {
              complete++;
            }
          }
          return complete == webhooks;
        });
  }

  private static String configuration(String which) {
    return "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/portcullis-"
        + which;
  }

  private void upgrade(Life life, String... values) {
    var all = new ArrayList<>(BASE);
    all.add("webhooks.name=" + webhookName);
    all.addAll(Arrays.asList(values));
    life.helm().upgrade(all);
  }
}

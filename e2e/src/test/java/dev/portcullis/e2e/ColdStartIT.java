package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * No replica is left and the webhook must not be bypassed: the cluster still comes back by itself.
 */
final class ColdStartIT {
  private static final String SYSTEM = "kube-system";

  @AutoClose private static Cluster cluster;
  private static Webhook webhook;

  @BeforeAll
  static void start() {
    cluster = Cluster.lively("cold-start");
    Registration.permissions(cluster);
    var authority = CertificateAuthority.named("e2e-webhook");
    webhook =
        cluster.add(
            Webhook.start(
                Webhook.Kind.chosen(),
                new Webhook.Settings(
                    cluster.folder().resolve("webhook"),
                    Ports.free(),
                    Webhook.DEFAULTS,
                    authority,
                    authority.server(Registration.SERVER_NAME)),
                cluster.server()));
    Registration.webhooks(
        cluster, Registration.Route.SERVICE, webhook.port(), authority, Registration.LEFT_ALONE);
  }

  @Test
  void theWebhooksOwnPodsAndTheSystemsComeBackWithoutIt() {
    cluster.makeNamespace("shop", Map.of("pod-security.kubernetes.io/enforce", "baseline"));
    Workload own = deploy(Registration.NAMESPACE);
    Workload system = deploy(SYSTEM);
    Workload shop = deploy("shop");
    List.of(own, system, shop).forEach(Workload::awaitRolledOut);

    webhook.kill();
    for (Workload workload : List.of(own, system, shop)) {
      cluster.kubectl().run("-n", workload.namespace(), "delete", "pods", "--all").succeeded();
    }

    own.awaitRolledOut();
    system.awaitRolledOut();
    assertThat(shop.awaitFailedCreate("failed calling webhook"))
        .contains("failed calling webhook \"" + Registration.WEBHOOK + "\"");
    assertThat(shop.pods()).isEmpty();
    long asked = System.nanoTime();
    cluster.admin().create("/api/v1/namespaces/" + SYSTEM + "/pods", mirrorPod()).expectSuccess();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));

    webhook.startAgain();
    shop.awaitRolledOut();
  }

  private static Workload deploy(String namespace) {
    cluster
        .kubectl()
        .run("-n", namespace, "create", "deployment", "web", "--image=shop", "--replicas=2")
        .succeeded();
    return new Workload(cluster.admin(), namespace, "web");
  }

  /** What a kubelet creates for a static pod, which runs already. */
  private static ObjectNode mirrorPod() {
    ObjectNode pod = ApiClient.JSON.createObjectNode();
    ObjectNode metadata = pod.putObject("metadata").put("name", "kube-proxy-node-1");
    metadata
        .putObject("annotations")
        .put("kubernetes.io/config.mirror", "4f1c9d1c")
        .put("kubernetes.io/config.source", "file");
    ObjectNode spec = pod.putObject("spec").put("nodeName", "node-1").put("hostNetwork", true);
    spec.putArray("containers")
        .addObject()
        .put("name", "c")
        .put("image", "registry.example.com/proxy:1");
    return pod;
  }
}

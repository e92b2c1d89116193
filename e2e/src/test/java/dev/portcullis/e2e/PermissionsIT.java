package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What the chart permits is what the webhook asks for: the audit log shows each verb, and no other.
 */
final class PermissionsIT {
  @AutoClose private static Cluster cluster;
  private static Webhook webhook;

  @BeforeAll
  static void start() {
    cluster = Cluster.still("permissions", new PodSecurityPlugin.Off());
    webhook = Registration.install(cluster, Webhook.DEFAULTS, Registration.Route.SERVICE);
  }

  @Test
  void everythingPermittedIsUsedAndNothingElseIsAskedFor() {
    cluster.makeStillNamespace("stricter", Map.of());
    cluster
        .kubectl()
        .run("label", "ns", "stricter", "pod-security.kubernetes.io/enforce=restricted")
        .succeeded();
    assertThat(webhook.review(Reviews.ofAPodInAnUnknownNamespace()).code()).isEqualTo(200);

    Set<String> expected = permitted();
    if (Webhook.Kind.chosen() == Webhook.Kind.REFERENCE) {
      // Its client begins its watch with the list in it.
      expected.remove("list namespaces");
    }
    assertThat(asked()).isEqualTo(expected);
    assertThat(refused()).isEmpty();
  }

  private static Set<String> permitted() {
    var permitted = new TreeSet<String>();
    for (JsonNode rule :
        cluster
            .admin()
            .get("/apis/rbac.authorization.k8s.io/v1/clusterroles/portcullis")
            .expectSuccess()
            .body()
            .path("rules")) {
      for (JsonNode resource : rule.path("resources")) {
        for (JsonNode verb : rule.path("verbs")) {
          permitted.add(verb.asString() + " " + resource.asString());
        }
      }
    }
    return permitted;
  }

  private static Set<String> asked() {
    var asked = new TreeSet<String>();
    for (JsonNode event : ofTheWebhook()) {
      asked.add(
          event.path("verb").asString("") + " " + event.at("/objectRef/resource").asString(""));
    }
    return asked;
  }

  private static List<JsonNode> refused() {
    return ofTheWebhook().stream()
        .filter(event -> event.at("/responseStatus/code").asInt(0) == 403)
        .toList();
  }

  private static List<JsonNode> ofTheWebhook() {
    return cluster.server().auditLog().events().stream()
        .filter(event -> event.at("/user/username").asString("").equals(Webhook.USER))
        .toList();
  }
}

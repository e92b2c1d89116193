package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long a good pod takes with nothing, with exported policies and with the webhook, by turns.
 */
final class VapCostIT {
  private static final int ROUNDS = 3;
  private static final int REQUESTS = Integer.getInteger("e2e.vap.timed", 60);
  private static final List<String> THREE = List.of("--modes=enforce,audit,warn", "--enforce");
  private static final List<String> ENFORCE = List.of("--modes=enforce", "--enforce");

  @AutoClose private static Cluster policies;
  @AutoClose private static Cluster webhook;

  @BeforeAll
  static void start() {
    policies = Cluster.still("vap-cost-policies", new PodSecurityPlugin.Off());
    webhook = Cluster.still("vap-cost-webhook", new PodSecurityPlugin.Off());
    Registration.install(webhook, Webhook.DEFAULTS, Registration.Route.SERVICE);
    for (Cluster cluster : List.of(policies, webhook)) {
      cluster.makeStillNamespace(
          "shop",
          Map.of(
              "pod-security.kubernetes.io/enforce", "restricted",
              "pod-security.kubernetes.io/audit", "restricted",
              "pod-security.kubernetes.io/warn", "restricted"));
    }
  }

  @Test
  void policiesInThreeModesTakeNoLongerThanTheWebhook() {
    Map<String, long[]> taken = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      measure(policies, "none", taken);
      ExportedPolicies.apply(policies, ENFORCE);
      measure(policies, "enforce", taken);
      ExportedPolicies.apply(policies, THREE);
      measure(policies, "three modes", taken);
      measure(webhook, "webhook", taken);
      ExportedPolicies.delete(policies, THREE);
    }

    taken.forEach((what, nanos) -> {
      Arrays.sort(nanos);
      System.out.printf(
          "good pod, %s: p50 %.1f ms, p99 %.1f ms%n",
          what, median(nanos) / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    });
  }

  private static long median(long[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void measure(Cluster cluster, String what, Map<String, long[]> taken) {
    ObjectNode pod = goodPod();
    var nanos = new long[REQUESTS];
    for (int i = -REQUESTS / 3; i < REQUESTS; i++) {
      long before = System.nanoTime();
      ApiResponse response =
          cluster.admin().create("/api/v1/namespaces/shop/pods?dryRun=All", pod).expectSuccess();
      assertThat(response.warnings()).isEmpty();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - before;
      }
    }
    taken.merge(
        what, nanos, (a, b) -> LongStream.concat(LongStream.of(a), LongStream.of(b)).toArray());
  }

  private static ObjectNode goodPod() {
    ObjectNode pod = ApiClient.JSON.createObjectNode();
    pod.putObject("metadata").put("name", "good");
    ObjectNode spec = pod.putObject("spec");
    spec.putObject("securityContext")
        .put("runAsNonRoot", true)
        .putObject("seccompProfile")
        .put("type", "RuntimeDefault");
    ArrayNode containers = spec.putArray("containers");
    for (String name : List.of("web", "cache", "proxy")) {
      ObjectNode security =
          containers.addObject().put("name", name).put("image", "x").putObject("securityContext");
      security.put("allowPrivilegeEscalation", false);
      security.putObject("capabilities").putArray("drop").add("ALL");
    }
    return pod;
  }
}

package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two API servers, one with its own PodSecurity plugin and one with the webhook, get the same
 * requests.
 */
final class TwinIT {
  private static final int REQUESTS = Integer.getInteger("e2e.twin.requests", 2_000);
  private static final long SEED = Long.getLong("e2e.twin.seed", 20261123L);

  private static final String CONFIGURATION =
      """
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      defaults:
        enforce: baseline
        enforce-version: latest
        audit: restricted
        audit-version: v1.25
        warn: restricted
        warn-version: latest
      exemptions:
        usernames: [%s]
        namespaces: [%s]
        runtimeClasses: [%s]
      """
          .formatted(
              TwinStream.EXEMPT_USER,
              String.join(", ", TwinStream.EXEMPT_NAMESPACES),
              PodShapes.EXEMPT_RUNTIME_CLASS);

  @AutoClose private static Cluster builtIn;
  @AutoClose private static Cluster webhooked;

  @BeforeAll
  static void start() {
    builtIn = Cluster.still("twin-built-in", new PodSecurityPlugin.On(CONFIGURATION));
    webhooked = Cluster.still("twin-webhook", new PodSecurityPlugin.Off());
    for (Cluster cluster : List.of(builtIn, webhooked)) {
      makeRuntimeClass(cluster, PodShapes.EXEMPT_RUNTIME_CLASS);
      makeRuntimeClass(cluster, PodShapes.OTHER_RUNTIME_CLASS);
    }
    Registration.install(
        Webhook.Kind.chosen(),
        webhooked,
        CONFIGURATION,
        Registration.Route.SERVICE,
        // The keys of audit annotations are compared: it needs the twin's name.
        List.of("webhooks.excludedNamespaces={}", "webhooks.name=" + Registration.TWIN));
  }

  @Test
  void theWebhookAnswersAsTheBuiltInPluginDoes() {
    var stream = new TwinStream(SEED);
    var requests = new ArrayList<TwinRequest>();
    var expected = new ArrayList<ApiResponse>();
    var actual = new ArrayList<ApiResponse>();
    for (int i = 0; i < REQUESTS; i++) {
      TwinStream.Next next = stream.next();
      ApiResponse response = next.request().sendTo(builtIn.admin());
      requests.add(next.request());
      expected.add(response);
      actual.add(next.request().sendTo(webhooked.admin()));
      if (response.succeeded()) {
        next.succeeded().run();
        if (next.request().kind().equals("create namespace")) {
          String name = response.body().at("/metadata/name").asString();
          builtIn.makeServiceAccount(name);
          webhooked.makeServiceAccount(name);
        }
      }
    }

    var differences = differences(requests, expected, actual);
    Map<String, Integer> made = made(requests, expected);
    System.out.println("twin run, seed " + SEED + ": " + requests.size() + " requests");
    made.forEach((what, count) -> System.out.println("  " + what + ": " + count));
    assertThat(differences).as("seed %d", SEED).isEmpty();
    assertThat(made)
        .containsKeys(
            "create pod -> 201",
            "create pod -> 403",
            "update pod -> 403",
            "update pods/ephemeralcontainers -> 403",
            "update namespace -> 422",
            "warning: existing",
            "warning: would",
            "warning: namespace",
            "annotation: pod-security.kubernetes.io/audit-violations",
            "annotation: pod-security.kubernetes.io/enforce-policy",
            "annotation: pod-security.kubernetes.io/exempt");
  }

  private static List<String> differences(
      List<TwinRequest> requests, List<ApiResponse> expected, List<ApiResponse> actual) {
    Map<String, Map<String, String>> builtInNotes = annotations(builtIn);
    Map<String, Map<String, String>> webhookNotes = annotations(webhooked);
    var differences = new ArrayList<String>();
    for (int i = 0; i < requests.size(); i++) {
      TwinRequest request = requests.get(i);
      String id = request.auditId();
      TwinAnswer wanted =
          TwinAnswer.of(expected.get(i), asked(request, builtInNotes.getOrDefault(id, Map.of())));
      TwinAnswer got = TwinAnswer.of(actual.get(i), webhookNotes.getOrDefault(id, Map.of()));
      if (!withoutGeneratedNames(wanted.toString()).equals(withoutGeneratedNames(got.toString()))) {
        differences.add(request + "\n  built in: " + wanted + "\n  webhook:  " + got);
      }
    }
    return differences;
  }

  /**
   * {@return the annotations of a request, less what the chart's webhook is never asked for} An
   * update of a pod's metadata is not sent to it, so nothing notes that it would have been exempt.
   */
  private static Map<String, String> asked(TwinRequest request, Map<String, String> annotations) {
    if (!request.kind().equals(TwinStream.METADATA_UPDATE)) {
      return annotations;
    }
    var rest = new HashMap<>(annotations);
    rest.remove(Registration.TWIN + "/exempt");
    return rest;
  }

  private static String withoutGeneratedNames(String text) {
    return text.replaceAll("generated-[a-z0-9]{5}", "generated-");
  }

  private static Map<String, Map<String, String>> annotations(Cluster cluster) {
    var found = new HashMap<String, Map<String, String>>();
    for (JsonNode event : cluster.server().auditLog().events()) {
      found.put(event.path("auditID").asString(""), AuditLog.annotations(event));
    }
    return found;
  }

  /**
   * Says what the run was made of: a stream in which everything is answered alike would prove
   * nothing.
   */
  private static Map<String, Integer> made(List<TwinRequest> requests, List<ApiResponse> answers) {
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < requests.size(); i++) {
      ApiResponse answer = answers.get(i);
      counts.merge(requests.get(i).kind() + " -> " + answer.code(), 1, Integer::sum);
      for (String warning : answer.warnings()) {
        counts.merge("warning: " + warning.split(" ", 3)[0], 1, Integer::sum);
      }
    }
    for (Map<String, String> notes : annotations(builtIn).values()) {
      notes.keySet().forEach(key -> counts.merge("annotation: " + key, 1, Integer::sum));
    }
    return counts;
  }

  private static void makeRuntimeClass(Cluster cluster, String name) {
    ObjectNode runtimeClass = ApiClient.JSON.createObjectNode().put("handler", "none");
    runtimeClass.putObject("metadata").put("name", name);
    cluster.admin().create("/apis/node.k8s.io/v1/runtimeclasses", runtimeClass).expectSuccess();
  }
}

package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods that set nothing, in namespaces that enforce restricted: hardened, as the chart registers
 * it, before they are judged.
 */
final class HardenIT {
  private static final Map<String, String> RESTRICTED =
      Map.of("pod-security.kubernetes.io/enforce", "restricted");
  private static final Map<String, String> SAFE = with(RESTRICTED, "harden", "restricted");
  private static final Map<String, String> ALL = with(SAFE, "harden-allow", "may-break");
  private static final String INJECTED = "injected";
  private static final String EVERYTHING =
      "allowPrivilegeEscalation,capabilities_restricted,runAsNonRoot,seccompProfile_restricted";

  private static final String ROUND_0 = "mutation.webhook.admission.k8s.io/round_0_index_";
  private static final String ROUND_1 = "mutation.webhook.admission.k8s.io/round_1_index_";
  private static final String POD =
      "pod {\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}";
  private static final String CONTAINER =
      "{\"capabilities\":{\"drop\":[\"ALL\"]},\"allowPrivilegeEscalation\":false}";
  private static final String TOLD =
      "Warning: pod hardened to restricted:latest: allowPrivilegeEscalation,"
          + " capabilities_restricted, runAsNonRoot, seccompProfile_restricted\n";

  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.lively("harden");
    Registration.install(
        Webhook.Kind.PORTCULLIS,
        cluster,
        Webhook.DEFAULTS,
        Registration.Route.SERVICE,
        List.of("webhooks.mutating.enabled=true", "webhooks.excludedNamespaces={}"));
    cluster.add(SidecarInjector.start(cluster, INJECTED));
    cluster.makeNamespace("asked-at-all", with(ALL, INJECTED, "true"));
    Eventually.holds(
        "the API server calls both mutating webhooks",
        Duration.ofSeconds(30),
        () -> {
          ObjectNode pod = PodStream.pod("tried", false);
          JsonNode answer =
              cluster.admin().create("/api/v1/namespaces/asked-at-all/pods?dryRun=All", pod).body();
          return answer.at("/metadata/annotations").has("portcullis.dev/hardened")
              && answer.at("/spec/containers/1/name").asString("").equals("sidecar");
        });
  }

  @Test
  void aDeploymentThatSetsNothingGetsItsPod() {
    cluster.makeNamespace("asked", ALL);

    Workload web = deploy("asked");

    web.awaitRolledOut();
    assertThat(web.pods())
        .singleElement()
        .satisfies(pod -> {
          assertThat(hardened(pod)).isEqualTo(EVERYTHING);
          assertThat(securityContexts(pod)).isEqualTo(POD + "\nshop " + CONTAINER);
        });
  }

  @Test
  void withoutTheLabelsItGetsNone() {
    cluster.makeNamespace("not-asked", RESTRICTED);

    Workload web = deploy("not-asked");

    assertThat(web.awaitFailedCreate("forbidden").replaceAll("web-[a-z0-9-]+", "web-<hash>"))
        .isEqualTo(
            Registration.PREFIX
                + "pods \"web-<hash>\" is forbidden: violates PodSecurity \"restricted:latest\": "
                + Words.bare("shop"));
    assertThat(web.pods()).isEmpty();
  }

  @Test
  void whatMayBreakSomethingIsLeftAndNamed() {
    cluster.makeNamespace("safely", SAFE);

    var output = cluster.kubectl().run("-n", "safely", "run", "bare", "--image=shop");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.seen())
        .isEqualTo(
            "Error from server (Forbidden): "
                + Registration.PREFIX
                + "pods \"bare\" is forbidden: violates PodSecurity \"restricted:latest\":"
                + " unrestricted capabilities (container \"bare\" must set"
                + " securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or"
                + " container \"bare\" must set securityContext.runAsNonRoot=true)\n");
    assertThat(audited("safely"))
        .isEqualTo(
            Map.of(
                "harden.portcullis.dev/hardened",
                "allowPrivilegeEscalation,seccompProfile_restricted",
                "pod-security-webhook.kubernetes.io/enforce-policy",
                "restricted:latest",
                ROUND_0 + "0",
                called("portcullis-hardening", "harden.portcullis.dev", true)));
  }

  @Test
  void aSidecarThatIsInjectedLaterIsHardenedToo() {
    cluster.makeNamespace("meshed", with(with(ALL, INJECTED, "true"), "harden-warn", "true"));

    assertThat(cluster.kubectl().run("-n", "meshed", "run", "bare", "--image=shop").succeeded())
        .isEqualTo(
            TOLD
                + "Warning: pod hardened to restricted:latest: allowPrivilegeEscalation,"
                + " capabilities_restricted\n"
                + "pod/bare created\n");
    JsonNode pod =
        cluster.admin().get("/api/v1/namespaces/meshed/pods/bare").expectSuccess().body();
    assertThat(hardened(pod)).isEqualTo(EVERYTHING);
    assertThat(securityContexts(pod))
        .isEqualTo(POD + "\nbare " + CONTAINER + "\nsidecar " + CONTAINER);
    assertThat(audited("meshed"))
        .isEqualTo(
            Map.of(
                "harden.portcullis.dev/hardened",
                EVERYTHING,
                "pod-security-webhook.kubernetes.io/enforce-policy",
                "restricted:latest",
                ROUND_0 + "0",
                called("portcullis-hardening", "harden.portcullis.dev", true),
                ROUND_0 + "1",
                called("sidecar-injector", "injector.example.com", true),
                ROUND_1 + "0",
                called("portcullis-hardening", "harden.portcullis.dev", true)));
  }

  @Test
  void whoAsksForAWarningIsTold() {
    cluster.makeNamespace("told", with(ALL, "harden-warn", "true"));

    assertThat(cluster.kubectl().run("-n", "told", "run", "bare", "--image=shop").succeeded())
        .isEqualTo(TOLD + "pod/bare created\n");
    assertThat(audited("told"))
        .isEqualTo(
            Map.of(
                "harden.portcullis.dev/hardened",
                EVERYTHING,
                "pod-security-webhook.kubernetes.io/enforce-policy",
                "restricted:latest",
                ROUND_0 + "0",
                called("portcullis-hardening", "harden.portcullis.dev", true)));
  }

  private static Workload deploy(String namespace) {
    assertThat(
            cluster
                .kubectl()
                .run("-n", namespace, "create", "deployment", "web", "--image=shop")
                .succeeded())
        // The template is judged as it is: only pods are hardened.
        .isEqualTo(
            "Warning: " + Words.wouldViolateRestricted("shop") + "\ndeployment.apps/web created\n");
    return new Workload(cluster.admin(), namespace, "web");
  }

  /** {@return what webhooks left in the audit log when pod bare was created} */
  private static Map<String, String> audited(String namespace) {
    var annotations =
        new HashMap<>(cluster.server().auditLog().annotationsOfCreated("pods", namespace, "bare"));
    annotations.keySet().removeIf(key -> key.startsWith("authorization.k8s.io/"));
    return annotations;
  }

  /** What the API server notes of a call of a mutating webhook. */
  private static String called(String configuration, String webhook, boolean mutated) {
    return "{\"configuration\":\"%s\",\"webhook\":\"%s\",\"mutated\":%s}"
        .formatted(configuration, webhook, mutated);
  }

  private static String hardened(JsonNode pod) {
    return pod.path("metadata").path("annotations").path("portcullis.dev/hardened").asString("");
  }

  /** {@return the pod's security context, then those of its containers} */
  private static String securityContexts(JsonNode pod) {
    var lines = new StringBuilder("pod " + pod.at("/spec/securityContext"));
    for (JsonNode container : pod.at("/spec/containers")) {
      lines
          .append('\n')
          .append(container.path("name").asString())
          .append(' ')
          .append(container.path("securityContext"));
    }
    return lines.toString();
  }

  private static Map<String, String> with(Map<String, String> labels, String name, String value) {
    var more = new HashMap<>(labels);
    more.put(name.startsWith("harden") ? "portcullis.dev/" + name : name, value);
    return Map.copyOf(more);
  }
}

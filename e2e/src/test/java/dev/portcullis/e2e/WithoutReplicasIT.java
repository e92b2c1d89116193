package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The enforcing webhook is registered and nobody answers: what of pods still goes on, and what does
 * not. {@code docs/operations.md} says the same.
 */
final class WithoutReplicasIT {
  private static final String PODS = "/api/v1/namespaces/stopped/pods";
  private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/c";

  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.still("without-replicas", new PodSecurityPlugin.Off());
    cluster.makeStillNamespace("stopped", Map.of());
    for (String name : List.of("bare", "annotated", "relevant", "finished", "crowded")) {
      cluster.admin().create(PODS, PodStream.pod(name, false)).expectSuccess();
    }
    annotate("annotated", Map.of("team", "blue")).expectSuccess();
    annotate("relevant", Map.of(SECCOMP, "runtime/default")).expectSuccess();
    cluster
        .admin()
        .mergePatch(PODS + "/finished", metadata("finalizers", List.of("example.com/held")))
        .expectSuccess();
    cluster.admin().mergePatch(PODS + "/crowded", crowd(101)).expectSuccess();
    Registration.place(cluster);
    var authority = CertificateAuthority.named("e2e-webhook");
    Registration.register(
        cluster,
        Registration.Route.SERVICE,
        Ports.free(),
        Registration.certificateFrom(ApiClient.base64(authority.pem())));
    Eventually.holds(
        "pods are refused",
        java.time.Duration.ofSeconds(20),
        () -> cluster.admin().create(PODS, PodStream.pod("refused", false)).code() == 500);
  }

  @Test
  void metadataOfPodsIsChangedWithoutAnybodyAsked() {
    var passed = new ArrayList<ApiResponse>();
    for (String name : List.of("bare", "annotated", "relevant")) {
      passed.add(cluster.admin().mergePatch(PODS + "/" + name, label(name)));
      passed.add(annotate(name, Map.of("note", "of no interest")));
    }
    // The same once the first label or annotation is there, and when it goes.
    passed.add(cluster.admin().mergePatch(PODS + "/bare", label("again")));
    ObjectNode none = ApiClient.JSON.createObjectNode();
    none.putObject("metadata").putNull("annotations").putNull("labels");
    passed.add(cluster.admin().mergePatch(PODS + "/annotated", none));
    passed.add(cluster.admin().mergePatch(PODS + "/annotated", label("bare now")));

    assertThat(passed).extracting(ApiResponse::code).containsOnly(200);
  }

  @Test
  void aFinalizerIsRemovedAndThePodEnds() {
    String pod = PODS + "/finished";
    cluster.admin().delete(pod + "?gracePeriodSeconds=0").expectSuccess();
    assertThat(cluster.admin().get(pod).code()).isEqualTo(200);

    cluster.admin().mergePatch(pod, metadata("finalizers", List.of())).expectSuccess();

    assertThat(cluster.admin().get(pod).code()).isEqualTo(404);
  }

  @Test
  void statusAndEvictionsGoOn() {
    ObjectNode status = ApiClient.JSON.createObjectNode();
    status.putObject("status").put("phase", "Running");

    assertThat(cluster.admin().mergePatch(PODS + "/bare/status", status).code()).isEqualTo(200);
  }

  @Test
  void whatPodSecurityReadsIsStillJudged() {
    ObjectNode image = ApiClient.JSON.createObjectNode();
    image
        .putObject("spec")
        .putArray("containers")
        .addObject()
        .put("name", "c")
        .put("image", "registry.example.com/other:2");
    ObjectNode debug = ApiClient.JSON.createObjectNode();
    debug
        .putObject("spec")
        .putArray("ephemeralContainers")
        .addObject()
        .put("name", "debug")
        .put("image", "registry.example.com/tools:1");
    var refused = new ArrayList<ApiResponse>();
    refused.add(strategic(PODS + "/bare", image));
    refused.add(strategic(PODS + "/bare/ephemeralcontainers", debug));
    refused.add(annotate("bare", Map.of(SECCOMP, "unconfined")));
    refused.add(annotate("bare", Map.of(APPARMOR, "unconfined")));
    refused.add(annotate("relevant", Map.of(SECCOMP, "unconfined")));
    ObjectNode gone = ApiClient.JSON.createObjectNode();
    gone.putObject("metadata").putObject("annotations").putNull(SECCOMP);
    refused.add(cluster.admin().mergePatch(PODS + "/relevant", gone));
    refused.add(cluster.admin().create(PODS, PodStream.pod("new", false)));
    refused.add(
        cluster
            .admin()
            .mergePatch("/api/v1/namespaces/stopped", metadata("labels", Map.of("a", "b"))));

    assertThat(refused).extracting(ApiResponse::code).doesNotContain(200, 201);
    assertThat(refused)
        .filteredOn(answer -> answer.code() != 422)
        .allSatisfy(answer ->
            assertThat(answer.message())
                .contains("failed calling webhook \"" + Registration.WEBHOOK + "\""));
  }

  /** So many annotations would cost more to compare than an API server spends on a condition. */
  @Test
  void aPodWithACrowdOfAnnotationsIsAskedAboutAndNoErrorOfTheCondition() {
    ApiResponse answer = cluster.admin().mergePatch(PODS + "/crowded", label("more"));

    assertThat(answer.code()).isEqualTo(500);
    assertThat(answer.message()).contains("failed calling webhook").doesNotContain("cost");
  }

  private static ApiResponse annotate(String pod, Map<String, String> annotations) {
    return cluster.admin().mergePatch(PODS + "/" + pod, metadata("annotations", annotations));
  }

  private static ApiResponse strategic(String path, JsonNode patch) {
    return cluster
        .admin()
        .send(
            "PATCH", path, patch, Map.of("Content-Type", "application/strategic-merge-patch+json"));
  }

  private static JsonNode label(String value) {
    return metadata("labels", Map.of("stage", value.replace(' ', '-')));
  }

  private static JsonNode crowd(int annotations) {
    var all = new java.util.TreeMap<String, String>();
    for (int i = 0; i < annotations; i++) {
      all.put("crowd-" + i, "");
    }
    return metadata("annotations", all);
  }

  private static JsonNode metadata(String field, Object value) {
    return ApiClient.JSON.valueToTree(Map.of("metadata", Map.of(field, value)));
  }
}

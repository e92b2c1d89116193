package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two API servers, one with its own PodSecurity plugin and one with the exported policies and
 * nothing else, get the same requests.
 */
final class VapIT {
  private static final int REQUESTS = Integer.getInteger("e2e.vap.requests", 600);
  private static final int PODS = Integer.getInteger("e2e.vap.pods", 500);
  private static final int WORKLOADS = Integer.getInteger("e2e.vap.workloads", 100);
  private static final long SEED = Long.getLong("e2e.vap.seed", 20261128L);
  private static final int CLIENTS = 6;
  private static final Path FIXTURES = Tools.checkout().resolve("policy/src/test/resources/checks");

  private static final List<String> LEVEL_VERSIONS =
      List.of(
          "baseline v1.0",
          "restricted v1.0",
          "restricted v1.18",
          "restricted v1.22",
          "restricted v1.24",
          "baseline v1.26",
          "restricted v1.30",
          "baseline v1.33",
          "baseline latest",
          "restricted latest");

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
  @AutoClose private static Cluster exported;

  @BeforeAll
  static void start() {
    builtIn = Cluster.still("vap-built-in", new PodSecurityPlugin.On(CONFIGURATION));
    exported = Cluster.still("vap-exported", new PodSecurityPlugin.Off());
    for (Cluster cluster : List.of(builtIn, exported)) {
      makeRuntimeClass(cluster, PodShapes.EXEMPT_RUNTIME_CLASS);
      makeRuntimeClass(cluster, PodShapes.OTHER_RUNTIME_CLASS);
      for (String at : LEVEL_VERSIONS) {
        String[] parts = at.split(" ", 2);
        cluster.makeStillNamespace(
            namespace(at),
            Map.of(
                "pod-security.kubernetes.io/enforce", parts[0],
                "pod-security.kubernetes.io/enforce-version", parts[1]));
      }
    }
    Path config = ExportedPolicies.configuration(exported, CONFIGURATION);
    ExportedPolicies.apply(
        exported,
        List.of("--config=" + config, "--modes=enforce,audit,warn", "--guard", "--enforce"));
  }

  @Test
  void podsAreJudgedAsByTheBuiltInPlugin() throws Exception {
    var random = new SplittableRandom(SEED);
    var shapes = new PodShapes(random);
    var requests = new ArrayList<TwinRequest>();
    for (JsonNode fixture : fixtures()) {
      for (String at : LEVEL_VERSIONS) {
        requests.add(pod(requests.size(), at, fixture));
      }
    }
    int own = requests.size();
    for (int i = 0; i < PODS; i++) {
      ObjectNode template = shapes.template();
      ((ObjectNode) template.get("metadata")).put("name", "pod-" + i);
      requests.add(
          pod(own + i, LEVEL_VERSIONS.get(random.nextInt(LEVEL_VERSIONS.size())), template));
    }

    Map<String, Integer> counts = sameAnswers(requests);

    System.out.println("pods: " + own + " of fixtures, " + PODS + " generated: " + counts);
    assertThat(counts.get("403")).isGreaterThan(requests.size() / 5);
    assertThat(counts.get("201")).isGreaterThan(PODS / 4);
  }

  @Test
  void workloadsAreWarnedOfAsByTheBuiltInPlugin() throws Exception {
    var stream = new TwinStream(SEED);
    var requests = new ArrayList<TwinRequest>();
    var random = new SplittableRandom(SEED);
    while (requests.size() < WORKLOADS) {
      String at = LEVEL_VERSIONS.get(random.nextInt(LEVEL_VERSIONS.size()));
      requests.add(stream.workload(requests.size(), namespace(at)));
    }

    Map<String, Integer> counts = sameAnswers(requests);

    System.out.println("workloads: " + counts);
    assertThat(counts.get("warning")).isGreaterThan(WORKLOADS / 4);
    assertThat(counts.get("201")).isGreaterThan(WORKLOADS * 3 / 4);
  }

  @Test
  void aStreamOfRequestsIsAnsweredAsByTheBuiltInPlugin() {
    var stream = new TwinStream(SEED);
    var requests = new ArrayList<TwinRequest>();
    var expected = new ArrayList<ApiResponse>();
    var actual = new ArrayList<ApiResponse>();
    for (int i = 0; i < REQUESTS; i++) {
      TwinStream.Next next = stream.next();
      ApiResponse response = next.request().sendTo(builtIn.admin());
      requests.add(next.request());
      expected.add(response);
      actual.add(next.request().sendTo(exported.admin()));
      if (response.succeeded()) {
        next.succeeded().run();
        if (next.request().kind().equals("create namespace")) {
          String name = response.body().at("/metadata/name").asString();
          builtIn.makeServiceAccount(name);
          exported.makeServiceAccount(name);
        }
      }
    }

    var differences = new ArrayList<String>();
    Map<String, Map<String, String>> wantedNotes = annotations(builtIn);
    Map<String, Map<String, String>> gotNotes = annotations(exported);
    for (int i = 0; i < REQUESTS; i++) {
      String id = requests.get(i).auditId();
      compare(
          requests.get(i),
          Answer.of(expected.get(i), wantedNotes.getOrDefault(id, Map.of())),
          Answer.of(actual.get(i), gotNotes.getOrDefault(id, Map.of())),
          differences);
    }
    assertThat(differences).as("seed %d", SEED).isEmpty();
  }

  @Test
  void oddPodsAreJudgedAsByTheBuiltInPlugin() throws Exception {
    var requests = new ArrayList<TwinRequest>();
    for (String spec :
        Words.resource("vap/odd-specs.jsonl").lines().filter(line -> !line.isBlank()).toList()) {
      ObjectNode pod = ApiClient.JSON.createObjectNode();
      pod.putObject("metadata").put("name", "odd-" + requests.size());
      pod.set("spec", ApiClient.JSON.readTree(spec));
      requests.add(pod(requests.size(), "baseline latest", pod));
      requests.add(pod(requests.size(), "restricted latest", pod));
      requests.add(pod(requests.size(), "restricted v1.18", pod));
    }

    Map<String, Integer> counts = sameAnswers(requests);

    System.out.println("odd pods: " + counts);
    assertThat(counts.get("403")).isGreaterThan(10);
  }

  @Test
  void relaxingALabelNeedsARightOfItsOwn() {
    exported.makeStillNamespace(
        "guarded", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    exported
        .kubectl()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: label-namespaces}
            rules: [{apiGroups: [""], resources: [namespaces], verbs: [get, patch]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: relax-pod-security}
            rules: [{apiGroups: [pod-security.portcullis.dev], resources: [levels], verbs: [relax]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: label-namespaces}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: label-namespaces}
            subjects:
              - {apiGroup: rbac.authorization.k8s.io, kind: User, name: bob}
              - {apiGroup: rbac.authorization.k8s.io, kind: User, name: eve}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: relax-pod-security}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: relax-pod-security}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: eve}]
            """)
        .succeeded();

    assertThat(relabel("bob", "enforce", "baseline"))
        .isEqualTo(
            "relaxing the enforced level from restricted:latest to baseline:latest needs the verb"
                + " relax on levels.pod-security.portcullis.dev");
    assertThat(relabel("bob", "enforce-version", "v1.24"))
        .startsWith("relaxing the enforced level from restricted:latest to restricted:v1.24");
    assertThat(relabel("bob", "warn", "baseline")).isEmpty();
    assertThat(relabel("eve", "enforce", "baseline")).isEmpty();
  }

  /** {@return why a dry run of a label by this user is refused} */
  private static String relabel(String user, String label, String value) {
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    patch
        .putObject("metadata")
        .putObject("labels")
        .put("pod-security.kubernetes.io/" + label, value);
    String message =
        exported
            .server()
            .clientOf(user, List.of())
            .mergePatch("/api/v1/namespaces/guarded?dryRun=All", patch)
            .message();
    return ExportedPolicies.withoutPrefix(message)
        .replace("namespaces \"guarded\" is forbidden: ", "");
  }

  @Test
  void whatBecameOfAnExportIsFound() {
    Path kubeconfig = exported.folder().resolve("check.kubeconfig");
    Identity.replace(kubeconfig, exported.admin().kubeconfig());
    List<String> check = List.of("--check", "--kubeconfig=" + kubeconfig);
    String policy = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/";

    assertThat(ExportedPolicies.run(check).output()).contains("objects are as exported, for v1.");
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    patch.putObject("spec").put("failurePolicy", "Fail");
    exported.admin().mergePatch(policy + "pod-security.kubernetes.io", patch).expectSuccess();
    ExportedPolicies.Run edited = ExportedPolicies.run(check);
    patch.withObject("spec").put("failurePolicy", "Ignore");
    exported.admin().mergePatch(policy + "pod-security.kubernetes.io", patch).expectSuccess();

    assertThat(edited.code()).isEqualTo(1);
    assertThat(edited.output())
        .isEqualTo(
            "edited: ValidatingAdmissionPolicy pod-security.kubernetes.io: it is not as it was"
                + " exported\n");
    assertThat(ExportedPolicies.run(check).code()).isZero();
  }

  @Test
  void aThousandContainersStayWithinTheBudget() {
    for (boolean good : List.of(true, false)) {
      ObjectNode pod = ApiClient.JSON.createObjectNode();
      pod.putObject("metadata").put("name", "large");
      ObjectNode spec = pod.putObject("spec");
      spec.putObject("securityContext")
          .put("runAsNonRoot", true)
          .putObject("seccompProfile")
          .put("type", "RuntimeDefault");
      ArrayNode containers = spec.putArray("containers");
      for (int i = 0; i < 1_000; i++) {
        ObjectNode container = containers.addObject().put("name", "c" + i).put("image", "x");
        ObjectNode security = container.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false);
        security
            .putObject("capabilities")
            .putArray(good ? "drop" : "add")
            .add(good ? "ALL" : "X" + i);
      }
      TwinRequest request = pod(0, "restricted latest", pod);
      ApiResponse wanted = request.sendTo(builtIn.admin());
      ApiResponse got = request.sendTo(exported.admin());

      assertThat(got.code()).isEqualTo(wanted.code()).isEqualTo(good ? 201 : 403);
      // The API server throws messages of more than 5 KiB away.
      String text = ExportedPolicies.withoutPrefix(got.message());
      assertThat(wanted.message()).startsWith(text.replaceFirst("\\.\\.\\.$", ""));
      assertThat(text.length()).isGreaterThan(good ? -1 : 4_800);
    }
  }

  /**
   * Sends requests to both servers and compares; {@return how often which code and warnings came}
   */
  private static Map<String, Integer> sameAnswers(List<TwinRequest> requests) throws Exception {
    var counts = new TreeMap<String, Integer>();
    var differences = new ArrayList<String>();
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      var answers = new ArrayList<Future<List<ApiResponse>>>();
      for (TwinRequest request : requests) {
        answers.add(
            clients.submit(
                () -> List.of(request.sendTo(builtIn.admin()), request.sendTo(exported.admin()))));
      }
      for (int i = 0; i < requests.size(); i++) {
        List<ApiResponse> both = get(answers.get(i));
        compare(
            requests.get(i),
            Answer.of(both.getFirst(), Map.of()),
            Answer.of(both.getLast(), Map.of()),
            differences);
        counts.merge(String.valueOf(both.getLast().code()), 1, Integer::sum);
        if (!both.getLast().warnings().isEmpty()) {
          counts.merge("warning", 1, Integer::sum);
        }
      }
    }
    assertThat(differences).as("seed %d", SEED).isEmpty();
    return counts;
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static void compare(
      TwinRequest request, Answer wanted, Answer got, List<String> differences) {
    if (!wanted.equals(got) && differences.size() < 5) {
      differences.add(request + "\n  built in: " + wanted + "\n  exported: " + got);
    }
  }

  /** What both must say alike, without what the API server puts before a policy's words. */
  private record Answer(
      int code, String message, List<String> warnings, Map<String, String> annotations) {
    /** A policy can neither see the pods of a namespace nor say that its labels are ignored. */
    private static final List<String> ABOUT_NAMESPACES =
        List.of("existing pods in namespace ", "namespace ");

    static Answer of(ApiResponse response, Map<String, String> notes) {
      var warnings = new ArrayList<String>();
      boolean aboutPods = false;
      for (String warning : response.warnings()) {
        boolean skipped = ABOUT_NAMESPACES.stream().anyMatch(warning::startsWith);
        aboutPods |= skipped;
        // What follows names the pods.
        if (!skipped
            && !(aboutPods && response.body().path("kind").asString("").equals("Namespace"))) {
          warnings.add(withoutGeneratedNames(ExportedPolicies.withoutPrefix(warning)));
        }
      }
      // What validation says of pods is no admission's, and its order changes by chance.
      boolean ofValidation = response.code() == 422 && response.message().startsWith("Pod ");
      String message =
          response.succeeded() || ofValidation
              ? ""
              : withoutGeneratedNames(ExportedPolicies.withoutPrefix(response.message()))
                  // A policy's denial of a namespace is worded as that of any object.
                  .replaceFirst(
                      "^[Nn]amespaces? (\"[^\"]*\") is (invalid|forbidden): ", "namespace $1: ");
      warnings.sort(null);
      return new Answer(response.code(), message, warnings, notes);
    }

    private static String withoutGeneratedNames(String text) {
      return text.replaceAll("generated-[a-z0-9]{5}", "generated-");
    }
  }

  private static TwinRequest pod(int number, String at, JsonNode object) {
    return new TwinRequest(
        number,
        "create pod",
        "POST",
        "/api/v1/namespaces/" + namespace(at) + "/pods?dryRun=All",
        object,
        "application/json",
        null);
  }

  private static String namespace(String at) {
    return at.replace(' ', '-').replace('.', '-');
  }

  /** {@return the engine's own fixtures}, made such that more of them are valid pods. */
  private static List<JsonNode> fixtures() throws IOException {
    var pods = new ArrayList<JsonNode>();
    var lines = new LinkedHashSet<String>();
    try (var files = Files.list(FIXTURES)) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    for (String line : lines) {
      var pod = (ObjectNode) ApiClient.JSON.readTree(line).get("pod");
      for (String list : List.of("containers", "initContainers")) {
        if (pod.path("spec").path(list) instanceof ArrayNode containers) {
          for (JsonNode container : containers) {
            if (container instanceof ObjectNode object && !object.has("image")) {
              object.put("image", "registry.example.com/shop/cart:1");
            }
          }
        }
      }
      pods.add(pod);
    }
    return pods;
  }

  private static Map<String, Map<String, String>> annotations(Cluster cluster) {
    var found = new HashMap<String, Map<String, String>>();
    for (JsonNode event : cluster.server().auditLog().events()) {
      found.put(event.path("auditID").asString(""), AuditLog.annotations(event));
    }
    return found;
  }

  private static void makeRuntimeClass(Cluster cluster, String name) {
    ObjectNode runtimeClass = ApiClient.JSON.createObjectNode().put("handler", "none");
    runtimeClass.putObject("metadata").put("name", name);
    cluster.admin().create("/apis/node.k8s.io/v1/runtimeclasses", runtimeClass).expectSuccess();
  }
}

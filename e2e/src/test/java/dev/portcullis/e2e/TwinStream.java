package dev.portcullis.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of the twin run: one seed, one stream.
 *
 * <p>Both sides keep namespaces and pods in caches that lag behind a little, each by its own. So a
 * namespace whose labels have changed gets no pods for a while, and one whose pods have changed
 * gets no new labels: what is compared is decisions, not whose cache was quicker.
 */
final class TwinStream {
  /** The kind of requests that change nothing of a pod that Pod Security reads. */
  static final String METADATA_UPDATE = "update pod metadata";

  static final String EXEMPT_USER = "exempt-user";
  static final List<String> EXEMPT_NAMESPACES = List.of("exempt-one", "exempt-two");

  /** In requests; at ten milliseconds and more for each, longer than any watch takes. */
  private static final int REST = 60;

  private static final String JSON_TYPE = "application/json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  private static final Map<String, String> CONTROLLERS =
      Map.of(
          "ReplicationController", "/api/v1/namespaces/%s/replicationcontrollers",
          "PodTemplate", "/api/v1/namespaces/%s/podtemplates",
          "Deployment", "/apis/apps/v1/namespaces/%s/deployments",
          "ReplicaSet", "/apis/apps/v1/namespaces/%s/replicasets",
          "DaemonSet", "/apis/apps/v1/namespaces/%s/daemonsets",
          "StatefulSet", "/apis/apps/v1/namespaces/%s/statefulsets",
          "Job", "/apis/batch/v1/namespaces/%s/jobs",
          "CronJob", "/apis/batch/v1/namespaces/%s/cronjobs");

  private static final List<String> CONTROLLER_KINDS =
      CONTROLLERS.keySet().stream().sorted().toList();

  private final SplittableRandom random;
  private final PodShapes shapes;
  private final List<Namespace> namespaces = new ArrayList<>();
  private int number;

  private static final class Namespace {
    final String name;
    final List<Pod> pods = new ArrayList<>();
    final List<Made> controllers = new ArrayList<>();
    int relabelled = -REST;
    int podsChanged = -REST;

    Namespace(String name) {
      this.name = name;
    }
  }

  private record Pod(String name, JsonNode object) {
    List<String> containers() {
      return object.at("/spec/containers").values().stream()
          .map(container -> container.get("name").asString())
          .toList();
    }
  }

  private record Made(String kind, String name) {}

  TwinStream(long seed) {
    this.random = new SplittableRandom(seed);
    this.shapes = new PodShapes(random);
  }

  /** A request and what to remember when it has succeeded. */
  record Next(TwinRequest request, Runnable succeeded) {}

  Next next() {
    number++;
    if (namespaces.size() < EXEMPT_NAMESPACES.size()) {
      return createNamespace(EXEMPT_NAMESPACES.get(namespaces.size()), Map.of());
    }
    if (namespaces.size() < 8) {
      return createNamespace("ns-" + number, labels());
    }
    int choice = random.nextInt(100);
    if (choice < 5) {
      return createNamespace("ns-" + number, labels());
    }
    if (choice < 20) {
      return relabel();
    }
    if (choice < 45) {
      return createPod();
    }
    if (choice < 62) {
      return createController();
    }
    if (choice < 70) {
      return updateController();
    }
    return onePod(choice);
  }

  private Next onePod(int choice) {
    Namespace namespace = restedFromLabels();
    if (namespace.pods.isEmpty()) {
      return createPod();
    }
    Pod pod = namespace.pods.get(random.nextInt(namespace.pods.size()));
    if (choice < 78) {
      return updatePod(namespace, pod);
    }
    if (choice < 86) {
      return debug(namespace, pod);
    }
    if (choice < 92) {
      return resize(namespace, pod);
    }
    if (choice < 95) {
      return ignoredSubresource(namespace, pod);
    }
    return deletePod(namespace, pod);
  }

  private Next createNamespace(String name, Map<String, String> labels) {
    ObjectNode object = ApiClient.JSON.createObjectNode();
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    labels.forEach(metadata.putObject("labels")::put);
    return new Next(
        request("create namespace", "POST", "/api/v1/namespaces", object, JSON_TYPE, false),
        () -> namespaces.add(new Namespace(name)));
  }

  private Next relabel() {
    List<Namespace> rested =
        namespaces.stream().filter(namespace -> number - namespace.podsChanged > REST).toList();
    if (rested.isEmpty()) {
      return createController();
    }
    Namespace namespace = rested.get(random.nextInt(rested.size()));
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    ObjectNode labels = patch.putObject("metadata").putObject("labels");
    labels().forEach(labels::put);
    if (random.nextInt(4) == 0) {
      labels.putNull("pod-security.kubernetes.io/enforce");
    }
    boolean dryRun = random.nextInt(3) == 0;
    return new Next(
        request(
            "update namespace",
            "PATCH",
            "/api/v1/namespaces/" + namespace.name,
            patch,
            MERGE,
            dryRun),
        () -> {
          if (!dryRun) {
            namespace.relabelled = number;
          }
        });
  }

  private Next createPod() {
    Namespace namespace = restedFromLabels();
    ObjectNode object = shapes.template();
    String path = "/api/v1/namespaces/" + namespace.name + "/pods";
    if (random.nextInt(12) == 0) {
      ((ObjectNode) object.get("metadata")).put("generateName", "generated-");
      return new Next(request("create pod", "POST", path, object, JSON_TYPE, true), () -> {});
    }
    String name = "pod-" + number;
    ((ObjectNode) object.get("metadata")).put("name", name);
    boolean dryRun = random.nextInt(4) == 0;
    return new Next(
        request("create pod", "POST", path, object, JSON_TYPE, dryRun),
        () -> {
          if (!dryRun) {
            namespace.pods.add(new Pod(name, object));
            namespace.podsChanged = number;
          }
        });
  }

  private Next createController() {
    Namespace namespace = restedFromLabels();
    String kind = CONTROLLER_KINDS.get(random.nextInt(CONTROLLER_KINDS.size()));
    String name = "c-" + number;
    ObjectNode object = controller(kind, name);
    boolean dryRun = random.nextInt(4) == 0;
    return new Next(
        request(
            "create " + kind,
            "POST",
            CONTROLLERS.get(kind).formatted(namespace.name),
            object,
            JSON_TYPE,
            dryRun),
        () -> {
          if (!dryRun) {
            namespace.controllers.add(new Made(kind, name));
          }
        });
  }

  /** {@return a creation, as a dry run, of a workload of any kind} */
  TwinRequest workload(int number, String namespace) {
    String kind = CONTROLLER_KINDS.get(random.nextInt(CONTROLLER_KINDS.size()));
    return new TwinRequest(
        number,
        "create " + kind,
        "POST",
        CONTROLLERS.get(kind).formatted(namespace) + "?dryRun=All",
        controller(kind, "c-" + number),
        JSON_TYPE,
        null);
  }

  private ObjectNode controller(String kind, String name) {
    ObjectNode object = ApiClient.JSON.createObjectNode();
    object.putObject("metadata").put("name", name);
    ObjectNode template = shapes.template();
    ObjectNode selected = ApiClient.JSON.createObjectNode().put("app", "twin");
    switch (kind) {
      case "PodTemplate" -> object.set("template", template);
      case "ReplicationController" ->
          object.putObject("spec").setAll(Map.of("selector", selected, "template", template));
      case "Job" -> object.putObject("spec").set("template", once(template));
      case "CronJob" ->
          object
              .putObject("spec")
              .put("schedule", "0 0 1 1 *")
              .putObject("jobTemplate")
              .putObject("spec")
              .set("template", once(template));
      default -> {
        ObjectNode spec = object.putObject("spec");
        spec.putObject("selector").set("matchLabels", selected);
        spec.set("template", template);
        if (kind.equals("StatefulSet")) {
          spec.put("serviceName", "shop");
        }
      }
    }
    return object;
  }

  private static ObjectNode once(ObjectNode template) {
    template.withObject("spec").put("restartPolicy", "Never");
    return template;
  }

  private Next updateController() {
    List<Namespace> used =
        namespaces.stream()
            .filter(namespace -> !namespace.controllers.isEmpty() && restedFromLabels(namespace))
            .toList();
    if (used.isEmpty()) {
      return createController();
    }
    Namespace namespace = used.get(random.nextInt(used.size()));
    Made made = namespace.controllers.get(random.nextInt(namespace.controllers.size()));
    String path = CONTROLLERS.get(made.kind()).formatted(namespace.name) + "/" + made.name();
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    patch.putObject("metadata").putObject("annotations").put("twin", "changed-" + number);
    if (made.kind().equals("Deployment") && random.nextBoolean()) {
      path += "/scale";
      patch.removeAll();
      patch.putObject("spec").put("replicas", random.nextInt(5));
    }
    return new Next(
        request("update " + made.kind(), "PATCH", path, patch, MERGE, random.nextInt(4) == 0),
        () -> {});
  }

  private Next updatePod(Namespace namespace, Pod pod) {
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    if (random.nextInt(3) == 0) {
      patch.putObject("metadata").putObject("annotations").put("twin", "changed-" + number);
      return changing(namespace, METADATA_UPDATE, podPath(namespace, pod), patch);
    }
    List<String> containers = pod.containers();
    patch
        .putObject("spec")
        .putArray("containers")
        .addObject()
        .put("name", containers.get(random.nextInt(containers.size())))
        // An image that the container does not have yet: the same one would be no change.
        .put("image", shapes.image() + "-" + number);
    return changing(namespace, "update pod", podPath(namespace, pod), patch);
  }

  private Next debug(Namespace namespace, Pod pod) {
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    patch
        .putObject("spec")
        .putArray("ephemeralContainers")
        .add(shapes.ephemeralContainer("debug-" + number));
    return changing(
        namespace,
        "update pods/ephemeralcontainers",
        podPath(namespace, pod) + "/ephemeralcontainers",
        patch);
  }

  private Next resize(Namespace namespace, Pod pod) {
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    ObjectNode container = patch.putObject("spec").putArray("containers").addObject();
    container.put("name", pod.containers().getFirst());
    container
        .putObject("resources")
        .putObject("requests")
        .put("cpu", (10 + random.nextInt(5)) + "m");
    return changing(namespace, "update pods/resize", podPath(namespace, pod) + "/resize", patch);
  }

  private Next ignoredSubresource(Namespace namespace, Pod pod) {
    ObjectNode patch = ApiClient.JSON.createObjectNode();
    patch.putObject("status").put("phase", "Running");
    return new Next(
        request(
            "update pods/status",
            "PATCH",
            podPath(namespace, pod) + "/status",
            patch,
            STRATEGIC,
            false),
        () -> namespace.podsChanged = number);
  }

  private Next deletePod(Namespace namespace, Pod pod) {
    return new Next(
        request("delete pod", "DELETE", podPath(namespace, pod), null, JSON_TYPE, false),
        () -> {
          namespace.pods.remove(pod);
          namespace.podsChanged = number;
        });
  }

  private Next changing(Namespace namespace, String kind, String path, ObjectNode patch) {
    return new Next(
        request(kind, "PATCH", path, patch, STRATEGIC, random.nextInt(4) == 0),
        () -> namespace.podsChanged = number);
  }

  private static String podPath(Namespace namespace, Pod pod) {
    return "/api/v1/namespaces/" + namespace.name + "/pods/" + pod.name();
  }

  private boolean restedFromLabels(Namespace namespace) {
    return number - namespace.relabelled > REST;
  }

  private Namespace restedFromLabels() {
    List<Namespace> rested = namespaces.stream().filter(this::restedFromLabels).toList();
    return rested.get(random.nextInt(rested.size()));
  }

  private TwinRequest request(
      String kind,
      String method,
      String path,
      @Nullable JsonNode body,
      String mediaType,
      boolean dryRun) {
    String user =
        random.nextInt(10) == 0 ? (random.nextBoolean() ? EXEMPT_USER : "somebody") : null;
    return new TwinRequest(
        number, kind, method, dryRun ? path + "?dryRun=All" : path, body, mediaType, user);
  }

  private Map<String, String> labels() {
    var labels = new java.util.TreeMap<String, String>();
    for (String mode : List.of("enforce", "audit", "warn")) {
      if (random.nextInt(100) < 60) {
        labels.put("pod-security.kubernetes.io/" + mode, level());
      }
      if (random.nextInt(100) < 25) {
        labels.put("pod-security.kubernetes.io/" + mode + "-version", version());
      }
    }
    return labels;
  }

  private String level() {
    int choice = random.nextInt(100);
    return choice < 25
        ? "privileged"
        : choice < 60 ? "baseline" : choice < 97 ? "restricted" : "Restricted";
  }

  private String version() {
    int choice = random.nextInt(100);
    return choice < 30 ? "latest" : choice < 95 ? "v1." + random.nextInt(40) : "1.20";
  }
}

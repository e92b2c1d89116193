package dev.portcullis.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of an API server as certificates and their registration need: objects with versions,
 * merge patches, JSON patches, dry runs, refusals; it calls the webhook for probes.
 */
final class FakeKubernetes implements AutoCloseable {
  static final String SECRET = "/api/v1/namespaces/portcullis/secrets/portcullis-tls";
  static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/portcullis/leases";
  static final String LEASE = LEASES + "/portcullis";
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
  private static final JsonMapper JSON = new JsonMapper();

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private final int port;
  private HttpServer server;
  private ExecutorService threads;
  private long version = 1;
  private volatile Function<String, String> prober = bundle -> "no endpoints available for service";
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FakeKubernetes() {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String validating(String name) {
    return GROUP + "validatingwebhookconfigurations/" + name;
  }

  FakeKubernetes start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    return this;
  }

  Path kubeconfig(Path folder) throws IOException {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: me}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {token: secret}}]
        """
            .formatted(port);
    return Files.writeString(folder.resolve("kubeconfig"), text);
  }

  /** What the chart makes: an empty Secret, a webhook that is registered and the one for probes. */
  FakeKubernetes installed() {
    put(SECRET, "{\"metadata\":{\"name\":\"portcullis-tls\"},\"type\":\"Opaque\"}");
    put(validating("probe"), webhook("probe", "[{\"resources\":[\"leases\"]}]", null));
    put(validating("enforcing"), webhook("enforcing", null, RULES));
    put(validating("advisory"), webhook("advisory", "[{\"resources\":[\"jobs\"]}]", null));
    return this;
  }

  static final String RULES =
      "[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"pods\"]}]";

  static String webhook(String name, String rules, String whenReady) {
    ObjectNode object = JSON.createObjectNode();
    object.putObject("metadata").put("name", name);
    if (whenReady != null) {
      ((ObjectNode) object.get("metadata"))
          .putObject("annotations")
          .put("portcullis.dev/rules-when-ready", whenReady);
    }
    ObjectNode webhook = object.putArray("webhooks").addObject();
    webhook.put("name", name + ".portcullis.dev").put("failurePolicy", "Fail");
    webhook.putObject("clientConfig").putObject("service").put("name", "portcullis");
    if (rules != null) {
      webhook.set("rules", JSON.readTree(rules));
    }
    return object.toString();
  }

  synchronized void put(String path, String object) {
    store(path, (ObjectNode) JSON.readTree(object));
  }

  synchronized void delete(String path) {
    objects.remove(path);
  }

  synchronized JsonNode get(String path) {
    ObjectNode object = objects.get(path);
    return object == null ? JSON.missingNode() : object.deepCopy();
  }

  /** Refuses this method on paths that begin so. */
  void forbid(String method, String path) {
    forbidden.add(method + " " + path);
  }

  /** Answers nothing until the latch is counted down. */
  CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** How a call of the webhook for probes ends, given its caBundle: with this text. */
  void probesEnd(Function<String, String> how) {
    prober = how;
  }

  private void store(String path, ObjectNode object) {
    object.withObject("/metadata").put("resourceVersion", Long.toString(++version));
    objects.put(path, object);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String uri = exchange.getRequestURI().toString();
    String path = exchange.getRequestURI().getPath();
    requests.add(method + " " + uri);
    try {
      gate.await();
      if (path.equals("/api/v1/namespaces")) {
        namespaces(exchange, uri);
        return;
      }
      if (forbidden.stream().anyMatch((method + " " + path)::startsWith)) {
        status(exchange, 403, "forbidden: User \\\"me\\\" cannot " + method);
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
      act(exchange, method, uri, path, type, body);
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private void act(
      HttpExchange exchange, String method, String uri, String path, String type, byte[] body)
      throws IOException {
    if (uri.endsWith("dryRun=All")) {
      String bundle = get(validating("probe")).at("/webhooks/0/clientConfig/caBundle").asString("");
      status(exchange, 500, prober.apply(bundle));
      return;
    }
    synchronized (this) {
      if (method.equals("POST")) {
        create(exchange, path, (ObjectNode) JSON.readTree(body));
        return;
      }
      ObjectNode object = objects.get(path);
      if (object == null) {
        status(exchange, 404, path + " not found");
        return;
      }
      switch (method) {
        case "GET" -> send(exchange, 200, object.toString());
        case "DELETE" -> {
          objects.remove(path);
          send(exchange, 200, "{}");
        }
        default -> patch(exchange, path, object.deepCopy(), type, JSON.readTree(body));
      }
    }
  }

  private void create(HttpExchange exchange, String folder, ObjectNode object) throws IOException {
    String path = folder + "/" + object.at("/metadata/name").asString();
    if (objects.containsKey(path)) {
      status(exchange, 409, "already exists");
      return;
    }
    store(path, object);
    send(exchange, 201, object.toString());
  }

  private void patch(
      HttpExchange exchange, String path, ObjectNode object, String type, JsonNode patch)
      throws IOException {
    if (object.path("immutable").asBoolean(false)) {
      status(exchange, 422, "data: Forbidden: field is immutable when `immutable` is set");
      return;
    }
    String before = object.at("/metadata/resourceVersion").asString();
    if (type.startsWith("application/json-patch")) {
      for (JsonNode operation : patch) {
        apply(object, operation);
      }
    } else {
      merge(object, (ObjectNode) patch);
    }
    if (!object.at("/metadata/resourceVersion").asString().equals(before)) {
      status(exchange, 409, "the object has been modified");
      return;
    }
    store(path, object);
    send(exchange, 200, object.toString());
  }

  private static void apply(ObjectNode object, JsonNode operation) {
    String path = operation.path("path").asString();
    int last = path.lastIndexOf('/');
    var parent = (ObjectNode) object.at(path.substring(0, last));
    String key = path.substring(last + 1).replace("~1", "/");
    if (operation.path("op").asString().equals("remove")) {
      parent.remove(key);
    } else {
      parent.set(key, operation.get("value"));
    }
  }

  /** RFC 7386. */
  private static void merge(ObjectNode object, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        object.remove(entry.getKey());
      } else if (value instanceof ObjectNode inner) {
        JsonNode old = object.get(entry.getKey());
        ObjectNode into =
            old instanceof ObjectNode there ? there : object.putObject(entry.getKey());
        merge(into, inner);
      } else {
        object.set(entry.getKey(), value);
      }
    }
  }

  private static void namespaces(HttpExchange exchange, String uri) throws IOException {
    if (!uri.contains("watch=true")) {
      ObjectNode list = JSON.createObjectNode();
      list.putObject("metadata").put("resourceVersion", "1");
      ArrayNode items = list.putArray("items");
      items.addObject().putObject("metadata").put("name", "shop").put("resourceVersion", "1");
      send(exchange, 200, list.toString());
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static void status(HttpExchange exchange, int code, String message) throws IOException {
    ObjectNode status = JSON.createObjectNode();
    send(exchange, code, status.put("message", message).put("code", code).toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

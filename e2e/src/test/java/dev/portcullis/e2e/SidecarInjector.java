package dev.portcullis.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mutating webhook as service meshes have one: it puts a container that sets nothing into pods.
 */
final class SidecarInjector implements AutoCloseable {
  static final String CONTAINER = "sidecar";

  /** The API server asks mutating webhooks in the order of these names: after Portcullis. */
  private static final String NAME = "sidecar-injector";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private SidecarInjector(CertificateAuthority authority) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(ApiClient.tls(authority.certificate(), authority.server())));
    server.setExecutor(threads);
    server.createContext("/", SidecarInjector::answer);
    server.start();
  }

  /** Starts one and registers it for namespaces with this label. */
  static SidecarInjector start(Cluster cluster, String label) {
    var authority = CertificateAuthority.named("e2e-injector");
    var injector = new SidecarInjector(authority);
    cluster
        .kubectl()
        .apply(
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: %s}
            webhooks:
              - name: injector.example.com
                admissionReviewVersions: [v1]
                sideEffects: None
                failurePolicy: Fail
                clientConfig: {url: "https://localhost:%d/", caBundle: %s}
                namespaceSelector: {matchExpressions: [{key: %s, operator: Exists}]}
                rules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
            """
                .formatted(
                    NAME,
                    injector.server.getAddress().getPort(),
                    ApiClient.base64(authority.pem()),
                    label))
        .succeeded();
    return injector;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    JsonNode review = ApiClient.JSON.readTree(exchange.getRequestBody());
    ObjectNode answer = ApiClient.JSON.createObjectNode();
    answer.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    answer
        .putObject("response")
        .put("uid", review.at("/request/uid").asString())
        .put("allowed", true)
        .put("patchType", "JSONPatch")
        .put(
            "patch",
            ApiClient.base64(
                """
                [{"op": "add", "path": "/spec/containers/-",
                  "value": {"name": "%s", "image": "registry.example.com/mesh/proxy:1"}}]
                """
                    .formatted(CONTAINER)));
    byte[] body = ApiClient.JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.portcullis.e2e;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the API server comes to know of a webhook: its namespace, its Service, two webhook
 * configurations of one name.
 */
final class Registration {
  /** Both webhooks' name: with it, audit annotations have the in-tree plugin's keys. */
  static final String WEBHOOK = "pod-security.kubernetes.io";

  static final String NAMESPACE = "portcullis";
  static final String SERVICE = "webhook";
  static final String SERVER_NAME = SERVICE + "." + NAMESPACE + ".svc";

  /** What stands before a denial's words. */
  static final String PREFIX = "admission webhook \"" + WEBHOOK + "\" denied the request: ";

  /** How the API server reaches the webhook. */
  enum Route {
    /** By Service and {@code .svc} name, which makes it speak HTTP/1.1. */
    SERVICE,
    /** By a loopback URL, which makes it speak HTTP/2. */
    URL
  }

  private Registration() {}

  /**
   * Starts one replica beside a cluster and registers it: what most suites need. It ends with the
   * cluster.
   */
  static Webhook install(Cluster cluster, String configuration, Route route) {
    permissions(cluster);
    var authority = CertificateAuthority.named("e2e-webhook");
    var settings =
        new Webhook.Settings(
            cluster.folder().resolve("webhook"),
            Ports.free(),
            configuration,
            authority,
            authority.server(SERVER_NAME));
    Webhook webhook = cluster.add(Webhook.start(Webhook.Kind.chosen(), settings, cluster.server()));
    webhooks(cluster, route, webhook.port(), authority);
    return webhook;
  }

  /** Grants the webhook's user what it needs; before the webhook starts. */
  static void permissions(Cluster cluster) {
    String manifest = Words.resource("registration/permissions.yaml");
    cluster.kubectl().apply(manifest.formatted(Webhook.USER, NAMESPACE, SERVICE)).succeeded();
  }

  /** Registers what answers on {@code port}; returns when the API server has asked it. */
  static void webhooks(Cluster cluster, Route route, int port, CertificateAuthority authority) {
    webhooks(cluster, route, port, authority, List.of(NAMESPACE));
  }

  /** Registers it for all namespaces but those left out. */
  static void webhooks(
      Cluster cluster,
      Route route,
      int port,
      CertificateAuthority authority,
      List<String> leftOut) {
    String bundle = ApiClient.base64(authority.pem());
    String client =
        switch (route) {
          case SERVICE ->
              "{caBundle: %s, service: {namespace: %s, name: %s, port: %d}}"
                  .formatted(bundle, NAMESPACE, SERVICE, port);
          case URL -> "{caBundle: %s, url: \"https://localhost:%d/\"}".formatted(bundle, port);
        };
    String manifest = Words.resource("registration/webhooks.yaml");
    cluster
        .kubectl()
        .apply(manifest.formatted(WEBHOOK, client, String.join(", ", leftOut)))
        .succeeded();
    Eventually.holds(
        "the API server calls the webhook",
        Duration.ofSeconds(30),
        () ->
            cluster.admin().create("/api/v1/namespaces?dryRun=All", invalidNamespace()).code()
                == 422);
  }

  /** A namespace that only a webhook refuses as invalid. */
  private static ObjectNode invalidNamespace() {
    ObjectNode namespace = ApiClient.JSON.createObjectNode();
    namespace
        .putObject("metadata")
        .put("name", "is-the-webhook-called")
        .putObject("labels")
        .put("pod-security.kubernetes.io/enforce", "invalid");
    return namespace;
  }
}

package dev.portcullis.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the API server comes to know of a webhook: by our own chart's webhook configurations and
 * permissions, and a Service that leads to this machine.
 */
final class Registration {
  /** Both webhooks' name where a suite does not choose another: the chart's own choice. */
  static final String WEBHOOK = "pod-security-webhook.kubernetes.io";

  /** With this name audit annotations have the in-tree plugin's keys; only where that is off. */
  static final String TWIN = "pod-security.kubernetes.io";

  static final String RELEASE = "portcullis";
  static final String NAMESPACE = "portcullis";
  static final String SERVICE = "portcullis";
  static final String SERVER_NAME = SERVICE + "." + NAMESPACE + ".svc";

  /** What stands before a denial's words. */
  static final String PREFIX = prefix(WEBHOOK);

  /** The chart's own choice of namespaces that are left alone. */
  static final List<String> LEFT_ALONE = List.of("webhooks.excludedNamespaces={kube-system}");

  /** No namespace but the webhook's own is left alone. */
  static final List<String> ALL_NAMESPACES = List.of("webhooks.excludedNamespaces={}");

  /** The suite registers the webhook, complete, rather than Portcullis itself. */
  private static final List<String> REGISTERED_HERE =
      List.of("webhooks.registration=at-once", "certificates.source=cert-manager");

  /** How the API server reaches the webhook. */
  enum Route {
    /** By Service and {@code .svc} name, which makes it speak HTTP/1.1. */
    SERVICE("http/1.1"),
    /** By a loopback URL, which makes it speak HTTP/2. */
    URL("h2");

    /** The protocol's ALPN identifier. */
    final String protocol;

    Route(String protocol) {
      this.protocol = protocol;
    }
  }

  private Registration() {}

  /** {@return what stands before the words of a denial by the webhook of this name} */
  static String prefix(String webhook) {
    return "admission webhook \"" + webhook + "\" denied the request: ";
  }

  /**
   * Starts one replica beside a cluster and registers it: what most suites need. It ends with the
   * cluster.
   */
  static Webhook install(Cluster cluster, String configuration, Route route) {
    return install(Webhook.Kind.chosen(), cluster, configuration, route, ALL_NAMESPACES);
  }

  /** The same with values of the chart that concern the webhooks. */
  static Webhook install(
      Webhook.Kind kind, Cluster cluster, String configuration, Route route, List<String> values) {
    permissions(cluster);
    var authority = CertificateAuthority.named("e2e-webhook");
    var settings =
        new Webhook.Settings(
            cluster.folder().resolve("webhook"),
            Ports.free(),
            configuration,
            authority,
            authority.server(SERVER_NAME));
    Webhook webhook = cluster.add(Webhook.start(kind, settings, cluster.server()));
    webhooks(cluster, route, webhook.port(), authority, values);
    return webhook;
  }

  /** Grants the webhook's user what it needs; before the webhook starts. */
  static void permissions(Cluster cluster) {
    permissions(cluster, List.of("rbac", "serviceaccount"), REGISTERED_HERE);
  }

  static void permissions(Cluster cluster, List<String> templates, List<String> values) {
    place(cluster);
    cluster.kubectl().apply(Chart.render(templates, values)).succeeded();
  }

  /** Makes the webhook's namespace, and its Service. */
  static void place(Cluster cluster) {
    cluster.kubectl().apply(Words.resource("registration/service.yaml")).succeeded();
  }

  /** Registers what answers on {@code port}; returns when the API server has asked it. */
  static void webhooks(
      Cluster cluster, Route route, int port, CertificateAuthority authority, List<String> values) {
    var all = new ArrayList<>(certificateFrom(ApiClient.base64(authority.pem())));
    all.addAll(values);
    register(cluster, route, port, all);
    awaitCalled(cluster);
  }

  /** Registers what answers on {@code port}; its authority is for itself to add. */
  static void register(Cluster cluster, Route route, int port, List<String> values) {
    var all = new ArrayList<>(values);
    all.add("service.port=" + port);
    String webhooks = Chart.render(List.of("webhooks"), all);
    if (route == Route.URL) {
      webhooks =
          webhooks.replaceAll(
              "service:\\n( {8}(?!path: ).*\\n)+ {8}path: (/[a-z]+)\\n",
              "url: https://localhost:" + port + "$2\n");
    }
    cluster.kubectl().apply(webhooks).succeeded();
  }

  /** Returns when the API server has been told by the webhook that a namespace is invalid. */
  static void awaitCalled(Cluster cluster) {
    Eventually.holds(
        "the API server calls the webhook",
        Duration.ofSeconds(30),
        () ->
            cluster.admin().create("/api/v1/namespaces?dryRun=All", invalidNamespace()).code()
                == 422);
  }

  /** {@return the chart's values for a certificate that is there already, registered at once} */
  static List<String> certificateFrom(String bundle) {
    return List.of(
        "webhooks.registration=at-once",
        "certificates.source=secret",
        "certificates.secret.name=serving",
        "certificates.secret.caBundle=" + bundle);
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

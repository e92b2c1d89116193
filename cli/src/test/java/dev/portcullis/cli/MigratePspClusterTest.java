package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.testing.Golden;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code migrate psp --kubeconfig} against lists as an API server sends them, one object a page.
 */
class MigratePspClusterTest {
  private static final String POLICIES = "/apis/policy/v1beta1/podsecuritypolicies";

  @TempDir private Path folder;

  private final Map<String, List<String>> lists = new TreeMap<>();
  private HttpServer server;
  private int refusal;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsWhatTheClusterServes() throws IOException {
    lists.put(
        POLICIES,
        List.of(
            """
            {"metadata":{"name":"node","annotations":{"seccomp.security.alpha.kubernetes.io/allowedProfileNames":"*"}},
             "spec":{"privileged":true,"volumes":["*"],"seLinux":{"rule":"RunAsAny"},"runAsUser":{"rule":"RunAsAny"},
                     "supplementalGroups":{"rule":"RunAsAny"},"fsGroup":{"rule":"RunAsAny"}}}
            """,
            """
            {"metadata":{"name":"plain"},
             "spec":{"volumes":["secret","projected"],"seLinux":{"rule":"RunAsAny"},"runAsUser":{"rule":"RunAsAny"},
                     "supplementalGroups":{"rule":"RunAsAny"},"fsGroup":{"rule":"RunAsAny"}}}
            """));
    lists.put(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles", List.of(rule("node"), rule("plain")));
    lists.put(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        List.of(
            """
            {"metadata":{"name":"plain"},"roleRef":{"kind":"ClusterRole","name":"plain"},
             "subjects":[{"kind":"Group","name":"system:serviceaccounts"}]}
            """,
            """
            {"metadata":{"name":"node"},"roleRef":{"kind":"ClusterRole","name":"node"},
             "subjects":[{"kind":"ServiceAccount","namespace":"kube-system","name":"daemon-set-controller"}]}
            """));
    lists.put("/apis/rbac.authorization.k8s.io/v1/roles", List.of());
    lists.put("/apis/rbac.authorization.k8s.io/v1/rolebindings", List.of());
    lists.put(
        "/api/v1/namespaces",
        List.of("{\"metadata\":{\"name\":\"shop\"}}", "{\"metadata\":{\"name\":\"edge\"}}"));
    lists.put(
        "/api/v1/serviceaccounts",
        List.of("{\"metadata\":{\"namespace\":\"shop\",\"name\":\"cart\"}}"));
    lists.put("/apis/apps/v1/deployments", List.of(template("shop", "cart", "")));
    lists.put("/apis/apps/v1/statefulsets", List.of());
    lists.put(
        "/apis/apps/v1/daemonsets", List.of(template("edge", "proxy", "\"hostNetwork\":true,")));
    lists.put("/apis/apps/v1/replicasets", List.of(owned("Deployment", "cart", "cart-1")));
    lists.put("/api/v1/replicationcontrollers", List.of());
    lists.put("/apis/batch/v1/jobs", List.of());
    lists.put("/api/v1/pods", List.of(owned("ReplicaSet", "cart-1", "cart-1-a")));

    CommandRun run = migrate("--policy-version", "v1.37");

    assertThat(run.err()).isEmpty();
    Golden.assertMatches("migrate/cluster.txt", run.out());
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void aClusterThatServesNoPoliciesIsToldOf() throws IOException {
    CommandRun run = migrate();

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "portcullis: the cluster at http://127.0.0.1:"
                    + server.getAddress().getPort()
                    + "/ serves no PodSecurityPolicies (Kubernetes has none from 1.25 on); give the"
                    + " manifests that they were made from, or what kubectl get podsecuritypolicies"
                    + " -o yaml printed before the upgrade, as PATH\n"));
  }

  @Test
  void whatMayNotBeReadIsToldInTheServersWords() throws IOException {
    refusal = 403;
    CommandRun run = migrate();

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "portcullis: cannot list apis/policy/v1beta1/podsecuritypolicies: you may not\n"));
  }

  @Test
  void aKubeconfigThatIsNotThereIsToldOf() {
    CommandRun run = CommandRun.of("migrate", "psp", "--kubeconfig", "nowhere");

    assertThat(run)
        .isEqualTo(new CommandRun(2, "", "portcullis: cannot read the kubeconfig nowhere\n"));
  }

  private static String rule(String policy) {
    return """
    {"metadata":{"name":"%s"},"rules":[{"apiGroups":["policy"],"resources":["podsecuritypolicies"],
     "resourceNames":["%s"],"verbs":["use"]}]}
    """
        .formatted(policy, policy);
  }

  private static String template(String namespace, String name, String more) {
    return """
    {"metadata":{"namespace":"%s","name":"%s"},
     "spec":{"template":{"spec":{%s"serviceAccountName":"%s","containers":[{"name":"main","image":"i"}]}}}}
    """
        .formatted(namespace, name, more, name);
  }

  private static String owned(String kind, String owner, String name) {
    String pod =
        "\"serviceAccountName\":\"cart\",\"containers\":[{\"name\":\"main\",\"image\":\"i\"}]";
    String spec = kind.equals("ReplicaSet") ? pod : "\"template\":{\"spec\":{" + pod + "}}";
    return """
    {"metadata":{"namespace":"shop","name":"%s",
                 "ownerReferences":[{"kind":"%s","name":"%s","controller":true}]},
     "spec":{%s}}
    """
        .formatted(name, kind, owner, spec);
  }

  private CommandRun migrate(String... more) throws IOException {
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts: [{name: here, context: {cluster: here, user: me}}]
            clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: me, user: {token: secret}}]
            """
                .formatted(server.getAddress().getPort()));
    var arguments = new String[4 + more.length];
    arguments[0] = "migrate";
    arguments[1] = "psp";
    arguments[2] = "--kubeconfig";
    arguments[3] = kubeconfig.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return CommandRun.of(arguments);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<String> items = lists.get(path);
    if (refusal != 0 || items == null) {
      int code = refusal != 0 ? refusal : 404;
      send(
          exchange,
          code,
          "{\"kind\":\"Status\",\"message\":\"you may not\",\"code\":" + code + "}");
      return;
    }
    String query = exchange.getRequestURI().getQuery();
    int at = query.indexOf("continue=");
    int from = at < 0 ? 0 : Integer.parseInt(query.substring(at + "continue=".length()));
    int to = Math.min(items.size(), from + 1);
    String more = to < items.size() ? "\"continue\":\"" + to + "\"" : "";
    send(
        exchange,
        200,
        "{\"kind\":\""
            + kind(path)
            + "List\",\"apiVersion\":\""
            + path.substring(path.indexOf('/', 1) + 1, path.lastIndexOf('/'))
            + "\",\"metadata\":{"
            + more
            + "},\"items\":["
            + String.join(",", items.subList(from, to))
            + "]}");
  }

  private static String kind(String path) {
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "podsecuritypolicies" -> "PodSecurityPolicy";
      case "clusterroles" -> "ClusterRole";
      case "clusterrolebindings" -> "ClusterRoleBinding";
      case "namespaces" -> "Namespace";
      case "serviceaccounts" -> "ServiceAccount";
      case "deployments" -> "Deployment";
      case "daemonsets" -> "DaemonSet";
      case "replicasets" -> "ReplicaSet";
      case "pods" -> "Pod";
      default -> "Empty";
    };
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}

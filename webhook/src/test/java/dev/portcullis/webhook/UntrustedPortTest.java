package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells whoever reaches its ports, and what only where those are known. */
@Timeout(180)
class UntrustedPortTest {
  private static final String HEADER =
      "existing pods in namespace \\\"open\\\" violate the new PodSecurity enforce level"
          + " \\\"restricted:latest\\\"";
  private static final String REASONS =
      "privileged, allowPrivilegeEscalation != false, unrestricted capabilities,"
          + " runAsNonRoot != true, seccompProfile";

  @TempDir Path folder;

  @BeforeEach
  void manifests() throws Exception {
    Files.writeString(
        folder.resolve("cluster.yaml"),
        RunningServer.NAMESPACES
            + """
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: secret-project, namespace: open},
             spec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: another, namespace: open},
             spec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}}
            """);
  }

  @Test
  void namesAreNotTold() throws Exception {
    var options = new RunningServer.Options();
    options.trusted = false;
    try (RunningServer server = RunningServer.start(folder, options);
        Client client = Client.connect(server.port())) {
      String answer = client.review(stricter("open")).body();
      assertThat(answer)
          .contains("\"warnings\":[\"" + HEADER + "\",\"2 pods: " + REASONS + "\"]")
          .doesNotContain("secret-project", "another");
      client.review(Reviews.pod("2", "base", true));
      assertThat(
              server.metric(
                  "portcullis_denials_total{check=\"privileged\",mode=\"enforce\","
                      + "namespace=\"(hidden)\"}"))
          .isEqualTo(1);
      assertThat(server.operator("/metrics").body()).doesNotContain("\"base\"");
      assertThat(server.operator("/config").statusCode()).isEqualTo(403);
      assertThat(server.operator("/config").body())
          .isEqualTo(
              "the configuration names users and namespaces: it is told where --trusted-ports says"
                  + " that only operators reach this port\n");
      assertThat(server.operator("/livez").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void namesAreToldWhereOnlyTheRightOnesCanAsk() throws Exception {
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      assertThat(client.review(stricter("open")).body())
          .contains(
              "\"warnings\":[\"" + HEADER + "\",\"another (and 1 other pod): " + REASONS + "\"]");
      assertThat(server.operator("/config").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aNamespaceWithoutANameListsNothing() throws Exception {
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      for (String name : new String[] {"\"name\":\"\"", "\"name\":null", "\"x\":1"}) {
        String answer = client.review(stricter("open").replace("\"name\":\"open\"", name)).body();
        assertThat(answer)
            .contains("\"allowed\":false", "\"message\":\"the namespace has no name\"")
            .doesNotContain("secret-project", "existing pods");
      }
    }
  }

  /** An UPDATE of a namespace, which asks for restricted from now on. */
  private static String stricter(String name) {
    return """
    {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1",\
    "kind":{"group":"","version":"v1","kind":"Namespace"},\
    "resource":{"group":"","version":"v1","resource":"namespaces"},\
    "name":"%1$s","namespace":"%1$s","operation":"UPDATE","userInfo":{"username":"alice"},\
    "object":{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"%1$s","labels":\
    {"pod-security.kubernetes.io/enforce":"restricted"}}},\
    "oldObject":{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"%1$s"}}}}
    """
        .formatted(name);
  }
}

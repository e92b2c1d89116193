package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hardening through the running server. */
@Timeout(180)
class MutateTest {
  private static final String NAMESPACES =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: plain}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {portcullis.dev/harden: restricted}}}
      """;

  private RunningServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("cluster.yaml"), NAMESPACES);
    server = RunningServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void labelledNamespacesGetAPatch() throws Exception {
    String patch =
        """
        [{"op":"add","path":"/spec/containers/0/securityContext","value":{"allowPrivilegeEscalation":false}},\
        {"op":"add","path":"/spec/securityContext","value":{"seccompProfile":{"type":"RuntimeDefault"}}},\
        {"op":"add","path":"/metadata/annotations",\
        "value":{"portcullis.dev/hardened":"allowPrivilegeEscalation,seccompProfile_restricted"}}]\
        """;
    String base64 = Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8));

    assertThat(answer("shop"))
        .isEqualTo(
            """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"u","allowed":true,\
            "patch":"%s","patchType":"JSONPatch",\
            "auditAnnotations":{"hardened":"allowPrivilegeEscalation,seccompProfile_restricted"}}}
            """
                .formatted(base64));
  }

  @Test
  void othersPassUntouched() throws Exception {
    String expected =
        """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"u","allowed":true}}
        """;
    assertThat(answer("plain")).isEqualTo(expected);
  }

  @Test
  void aNamespaceThatIsNotThereBlocksNobody() throws Exception {
    assertThat(answer("away"))
        .contains("\"allowed\":true", "\"error\":\"not hardened: ")
        .doesNotContain("patch");
  }

  private String answer(String namespace) throws Exception {
    String body =
        """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u",\
        "kind":{"group":"","version":"v1","kind":"Pod"},\
        "resource":{"group":"","version":"v1","resource":"pods"},\
        "namespace":"%s","operation":"CREATE","userInfo":{"username":"eve"},\
        "object":{"metadata":{"name":"p"},"spec":{"containers":[{"name":"web"}]}}}}\
        """
            .formatted(namespace);
    try (Client client = Client.connect(server.port())) {
      client.send(
          "POST /mutate?timeout=5s HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      Client.Reply reply = client.receive();
      assertThat(reply.status()).isEqualTo(200);
      return reply.body();
    }
  }
}

package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class OperatorTest {
  @TempDir Path folder;

  @Test
  void probesMetricsAndConfigurationHaveAPortOfTheirOwn() throws Exception {
    var options = new RunningServer.Options();
    options.configuration =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            apiVersion: pod-security.admission.config.k8s.io/v1
            kind: PodSecurityConfiguration
            defaults: {enforce: baseline, enforce-version: v1.30}
            exemptions: {usernames: [b, a]}
            """);
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThat(server.operator("/livez").body()).isEqualTo("ok");
      assertThat(server.operator("/healthz?verbose").body())
          .isEqualTo("[+]ping ok\nhealthz check passed\n");
      assertThat(server.operator("/readyz?verbose").body())
          .isEqualTo(
              "[+]ping ok\n"
                  + "[+]informer-sync ok\n"
                  + "[+]start ok\n"
                  + "[+]certificate ok\n"
                  + "[+]shutdown ok\n"
                  + "readyz check passed\n");
      assertThat(server.operator("/config").body())
          .startsWith("{\"file\":\"" + options.configuration + "\",\"since\":\"")
          .endsWith(
              """
              "configuration":{"apiVersion":"pod-security.admission.config.k8s.io/v1","kind":"PodSecurityConfiguration",\
              "defaults":{"enforce":"baseline","enforce-version":"v1.30","audit":"privileged","audit-version":"latest",\
              "warn":"privileged","warn-version":"latest"},\
              "exemptions":{"usernames":["a","b"],"namespaces":[],"runtimeClasses":[]}}}
              """);
      assertThat(server.operator("/validate").statusCode()).isEqualTo(404);
      assertThat(server.metric("portcullis_namespaces")).isEqualTo(3);
    }
  }

  @Test
  void denialsAreLoggedAndCounted() throws Exception {
    try (RunningServer server = RunningServer.start(folder);
        Client client = Client.connect(server.port())) {
      client.review(Reviews.pod("u-1", "base", true));
      client.review(Reviews.pod("u-2", "missing", true));
      String log = server.logWith("\"uid\":\"u-2\"");
      assertThat(log)
          .contains(
              """
              "level":"warn","message":"denied","uid":"u-1","namespace":"base","kind":"Pod","name":"p","owner":"",\
              "user":"alice","operation":"CREATE","subresource":"","dryRun":false,"mode":"enforce",\
              "policy":"baseline:latest","checks":["privileged"],"fields":["spec.containers[0].securityContext.privileged"]}
              """)
          .contains(
              """
              "message":"refused","uid":"u-2","namespace":"missing","kind":"Pod","name":"p","user":"alice",\
              "operation":"CREATE","dryRun":false,"code":"500","error":"Internal error occurred: failed to lookup \
              namespace \\"missing\\": namespaces \\"missing\\" not found"}
              """);
      assertThat(
              server.metric(
                  "portcullis_denials_total{check=\"privileged\",mode=\"enforce\",namespace=\"base\"}"))
          .isEqualTo(1);
      assertThat(server.metric("portcullis_request_duration_seconds_count")).isEqualTo(2);
    }
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    var broken = new RunningServer.Options();
    broken.configuration =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            apiVersion: pod-security.admission.config.k8s.io/v1
            kind: PodSecurityConfiguration
            defaults: {enforce: Baseline}
            """);
    assertThatThrownBy(() -> RunningServer.start(folder, broken))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "configuration error: enforce: must be one of privileged, baseline, restricted");

    var missing = new RunningServer.Options();
    missing.configuration = folder.resolve("none.yaml");
    assertThatThrownBy(() -> RunningServer.start(folder, missing))
        .hasMessage("open " + missing.configuration + ": no such file or directory");

    Path certificate =
        Files.writeString(
            folder.resolve("tls.crt"),
            Pem.encode("CERTIFICATE", SelfSigned.make("a").chain().getFirst().getEncoded()));
    Path key =
        Files.writeString(
            folder.resolve("tls.key"),
            Pem.encode("PRIVATE KEY", SelfSigned.make("b").key().getEncoded()));
    var mismatched = new RunningServer.Options();
    mismatched.certificate = new CertificateSource.Files(certificate, key);
    assertThatThrownBy(() -> RunningServer.start(folder, mismatched))
        .hasMessage("the key in " + key + " does not belong to the certificate in " + certificate);
  }
}

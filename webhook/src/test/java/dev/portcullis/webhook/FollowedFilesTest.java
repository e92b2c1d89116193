package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that a running server reads again. */
@Timeout(120)
class FollowedFilesTest {
  @TempDir Path folder;

  @Test
  void aConfigurationThatAnotherNamesIsFollowed() throws Exception {
    replace("pod-security.yaml", configuration("baseline"));
    var options = new RunningServer.Options();
    options.configuration =
        replace(
            "admission.yaml",
            """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins: [{name: PodSecurity, path: pod-security.yaml}]
            """);
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThat(server.operator("/config").body()).contains("\"enforce\":\"baseline\"");
      replace("pod-security.yaml", configuration("restricted"));
      RunningServer.await(
          () -> server.operator("/config").body().contains("\"enforce\":\"restricted\""));
      assertThat(server.metric("portcullis_reloads_total{file=\"config\",result=\"success\"}"))
          .isEqualTo(1);
    }
  }

  @Test
  void aBrokenPairOfFilesIsKeptOutOfServiceAndSaysWhy() throws Exception {
    ServingCertificate first = SelfSigned.make("first.example");
    ServingCertificate second = SelfSigned.make("second.example");
    var options = new RunningServer.Options();
    options.certificate =
        new CertificateSource.Files(
            replace("tls.crt", Pem.encode(first.chain())), replace("tls.key", key(first)));
    try (RunningServer server = RunningServer.start(folder, options)) {
      Path crt = replace("tls.crt", Pem.encode(second.chain()));
      server.logWith(
          "the certificate changed and cannot be used: the key in "
              + folder.resolve("tls.key")
              + " does not belong to the certificate in "
              + crt
              + "; what was there before stays in force");
      replace("tls.crt", "-----BEGIN CERTIFICATE-----\nMII!\n-----END CERTIFICATE-----\n");
      server.logWith(
          "cannot use " + crt + ": block 1 (CERTIFICATE) is not Base64: Illegal base64 character");
      assertThat(server.metric("portcullis_last_reload_successful{file=\"certificate\"}")).isZero();
      assertShown(server, first);
      replace("tls.key", key(second));
      replace("tls.crt", Pem.encode(second.chain()));
      server.logWith("the certificate changed; now in force: good until " + second.expiry());
      assertShown(server, second);
    }
  }

  @Test
  void aFaultInBase64IsAClearErrorAtTheStart() throws Exception {
    ServingCertificate pair = SelfSigned.make("a.example");
    var options = new RunningServer.Options();
    Path crt = replace("tls.crt", Pem.encode(pair.chain()));
    Path broken =
        replace("tls.key", "-----BEGIN PRIVATE KEY-----\nMII%\n-----END PRIVATE KEY-----");
    options.certificate = new CertificateSource.Files(crt, broken);
    assertThatThrownBy(() -> RunningServer.start(folder, options))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "cannot use "
                + broken
                + ": block 1 (PRIVATE KEY) is not Base64: Illegal base64 character 25");
  }

  @Test
  void theAuthoritiesOfClientsAreLoggedAsThemselves() throws Exception {
    ServingCertificate first = SelfSigned.make("first.example");
    ServingCertificate second = SelfSigned.make("second.example");
    var options = new RunningServer.Options();
    options.clientAuthorities = replace("ca.crt", Pem.encode(first.chain()));
    try (RunningServer server = RunningServer.start(folder, options)) {
      replace("ca.crt", Pem.encode(second.chain()));
      server.logWith(
          "the client authorities changed; now in force: 1 authority, good until "
              + second.expiry());
      replace("ca.crt", "-----BEGIN CERTIFICATE-----\nMII");
      server.logWith(
          "the client authorities changed and cannot be used: cannot use the authorities in "
              + options.clientAuthorities
              + ": block 1 (CERTIFICATE) has no end");
      assertThat(
              server.metric(
                  "portcullis_reloads_total{file=\"client_authorities\",result=\"failure\"}"))
          .isEqualTo(1);
    }
  }

  private static void assertShown(RunningServer server, ServingCertificate shown) throws Exception {
    try (Client client = Client.connect(server.port())) {
      assertThat(client.serverCertificate()).isEqualTo(shown.chain().getFirst());
    }
  }

  private static String key(ServingCertificate pair) {
    return Pem.encode("PRIVATE KEY", pair.key().getEncoded());
  }

  private static String configuration(String level) {
    return """
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: %s}
    """
        .formatted(level);
  }

  private Path replace(String name, String text) throws Exception {
    Path fresh = Files.writeString(folder.resolve(name + ".fresh"), text);
    return Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}

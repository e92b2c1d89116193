package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kubeconfigs with client certificates, against an API server that demands one. The keys in {@code
 * clients/} were made with openssl.
 */
@Timeout(180)
class ClientCertificateTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ec-sec1", "ec-pkcs8", "rsa-pkcs1", "rsa-pkcs8"})
  void everyFormOfAKeyIsTaken(String key) throws Exception {
    byte[] pem = resource(key + ".pem");
    Path file = Files.write(folder.resolve("key.pem"), pem);
    try (var server = new FakeApiServer(demandingCertificates())) {
      server.put("shop", "baseline");
      for (String given :
          new String[] {
            "client-key-data: " + Base64.getEncoder().encodeToString(pem), "client-key: " + file
          }) {
        Path kubeconfig = kubeconfig(server, key.substring(0, key.indexOf('-')), given);
        try (LiveCluster cluster = LiveCluster.of(kubeconfig)) {
          cluster.awaitSynced();
          assertThat(cluster.namespaces().get("shop", Deadline.none()))
              .isInstanceOf(Lookup.Found.class);
        }
      }
    }
  }

  @Test
  void aKeyThatIsNoneIsNamed() throws Exception {
    String key =
        Base64.getEncoder()
            .encodeToString(
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
                    .getBytes(StandardCharsets.US_ASCII));
    try (var server = new FakeApiServer(demandingCertificates())) {
      Path kubeconfig = kubeconfig(server, "ec", "client-key-data: " + key);
      assertThatThrownBy(() -> LiveCluster.of(kubeconfig))
          .isInstanceOf(ClusterException.class)
          .hasMessage(
              "the kubeconfig "
                  + kubeconfig
                  + " cannot be used: its certificates or keys: Invalid DER: not a sequence");
    }
  }

  private Path kubeconfig(FakeApiServer server, String certificate, String key) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: me}}]
        clusters:
        - name: here
          cluster:
            server: "https://127.0.0.1:%d"
            certificate-authority-data: %s
        users:
        - name: me
          user:
            client-certificate-data: %s
            %s
        """
            .formatted(
                server.port(),
                Base64.getEncoder().encodeToString(resource("ca.crt")),
                Base64.getEncoder().encodeToString(resource(certificate + ".crt")),
                key));
  }

  private static HttpsConfigurator demandingCertificates() throws Exception {
    char[] password = "changeit".toCharArray();
    var own = KeyStore.getInstance("PKCS12");
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null);
    try (InputStream server = open("server.p12");
        InputStream authority = open("ca.crt")) {
      own.load(server, password);
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(authority));
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        var demanded = getSSLContext().getDefaultSSLParameters();
        demanded.setNeedClientAuth(true);
        parameters.setSSLParameters(demanded);
      }
    };
  }

  private static InputStream open(String name) {
    return ClientCertificateTest.class.getResourceAsStream("/clients/" + name);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }
}

package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both providers keep the same promises. */
@Timeout(180)
class TlsProviderTest {
  static {
    // So that this side would speak what the server must refuse.
    Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3");
  }

  @TempDir Path folder;

  @Test
  void boringSslRunsOnLinux() {
    assumeThat(System.getProperty("os.name"))
        .as("elsewhere the JDK may be the only one")
        .isEqualTo("Linux");
    assertThat(TlsProvider.whyNoBoringSsl()).isNull();
    assertThat(TlsProvider.best()).isEqualTo(TlsProvider.BORINGSSL);
  }

  @ParameterizedTest
  @EnumSource
  void versions12And13AreSpokenAndNoOlder(TlsProvider tls) throws Exception {
    try (RunningServer server = start(tls)) {
      for (String version : List.of("TLSv1.3", "TLSv1.2")) {
        try (SSLSocket socket = socket(server, version)) {
          socket.startHandshake();
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
      }
      try (SSLSocket socket = socket(server, "TLSv1.1")) {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void http2IsAgreedOnWhereTheClientCan(TlsProvider tls) throws Exception {
    try (RunningServer server = start(tls)) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        if (version.name().startsWith("HTTP_3")) {
          continue;
        }
        HttpClient client = HttpClient.newBuilder().sslContext(Client.tls(null)).build();
        var request =
            HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/validate"))
                .version(version)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Reviews.pod("1", "base", false)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body()).isEqualTo(Reviews.allowed("1"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void clientsNeedACertificateWhereOneIsDemanded(TlsProvider tls) throws Exception {
    ServingCertificate known = SelfSigned.make("client.example");
    ServingCertificate stranger = SelfSigned.make("client.example");
    var options = options(tls);
    options.clientAuthorities =
        Files.writeString(
            folder.resolve("ca.crt"),
            Pem.encode("CERTIFICATE", known.chain().getFirst().getEncoded()));
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThatThrownBy(() -> ask(server, null)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(server, stranger)).isInstanceOf(IOException.class);
      assertThat(ask(server, known)).isEqualTo(Reviews.allowed("1"));
      Files.writeString(
          options.clientAuthorities,
          Pem.encode("CERTIFICATE", stranger.chain().getFirst().getEncoded()));
      RunningServer.await(() ->
          server.metric("portcullis_reloads_total{file=\"client_authorities\",result=\"success\"}")
              == 1);
      assertThat(ask(server, stranger)).isEqualTo(Reviews.allowed("1"));
      assertThatThrownBy(() -> ask(server, known)).isInstanceOf(IOException.class);
      assertThat(
              server.metric(
                  "portcullis_rejected_requests_total{kind=\""
                      + Rejection.HANDSHAKE.label()
                      + "\"}"))
          .isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyClientsOfTheGivenNamesAreHeard(TlsProvider tls) throws Exception {
    ServingCertificate known = SelfSigned.make("client.example");
    var options = options(tls);
    options.clientAuthorities =
        Files.writeString(
            folder.resolve("ca.crt"),
            Pem.encode("CERTIFICATE", known.chain().getFirst().getEncoded()));
    options.clientNames = new ClientNames(Set.of("kube-apiserver", "client.example"));
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThat(ask(server, known)).isEqualTo(Reviews.allowed("1"));
    }
    options.clientNames = new ClientNames(Set.of("kube-apiserver", "Client.example", "client"));
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThatThrownBy(() -> ask(server, known)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(server, null)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void weakSuitesAreSpokenOnlyByName(TlsProvider tls) throws Exception {
    String weak = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
    List<String> refused =
        List.of(
            weak,
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA");
    var options = options(tls);
    options.certificate = rsa();
    try (RunningServer server = RunningServer.start(folder, options)) {
      for (String suite : refused) {
        assertThatThrownBy(() -> spoken(server, suite)).as(suite).isInstanceOf(SSLException.class);
      }
      for (String suite :
          List.of(
              "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
              "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
              "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")) {
        assertThat(spoken(server, suite)).isEqualTo(suite);
      }
    }
    options.suites = TlsSuites.of("VersionTLS12", List.of(weak));
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThat(spoken(server, weak)).isEqualTo(weak);
      assertThatThrownBy(() -> spoken(server, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
          .isInstanceOf(SSLException.class);
      try (SSLSocket socket = socket(server, "TLSv1.3")) {
        socket.startHandshake();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOldestVersionCanBeChosen(TlsProvider tls) throws Exception {
    var options = options(tls);
    options.suites = TlsSuites.of("VersionTLS13", List.of());
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThat(ask(server, null)).isEqualTo(Reviews.allowed("1"));
      try (SSLSocket socket = socket(server, "TLSv1.2")) {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
    }
  }

  @Test
  void namesOfVersionsAndSuitesAreKubeApiserversOnes() throws Exception {
    assertThat(TlsSuites.of("VersionTLS12", List.of())).isEqualTo(TlsSuites.STANDARD);
    assertThat(
            TlsSuites.of("VersionTLS12", List.of("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305")).suites())
        .endsWith("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
        .hasSize(4);
    assertThat(TlsSuites.of("VersionTLS12", List.of("TLS_AES_128_GCM_SHA256")).versions())
        .containsExactly("TLSv1.3");
    assertThatThrownBy(() -> TlsSuites.of("VersionTLS11", List.of()))
        .hasMessage(
            "--tls-min-version VersionTLS11: it is not secure; VersionTLS12 or VersionTLS13");
    assertThatThrownBy(() -> TlsSuites.of("1.2", List.of()))
        .hasMessage("--tls-min-version 1.2: VersionTLS12 or VersionTLS13");
    assertThatThrownBy(() -> TlsSuites.of("VersionTLS12", List.of("AES")))
        .hasMessageStartingWith("--tls-cipher-suites: no suite is named AES; there are TLS_ECDHE_");
  }

  private static String spoken(RunningServer server, String suite) throws Exception {
    try (SSLSocket socket = socket(server, "TLSv1.2")) {
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  private CertificateSource.Files rsa() throws Exception {
    for (String name : List.of("rsa.crt", "rsa.pem")) {
      try (var in = TlsProviderTest.class.getResourceAsStream("/keys/" + name)) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
    }
    return new CertificateSource.Files(folder.resolve("rsa.crt"), folder.resolve("rsa.pem"));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasPutInPlaceOfTheCertificateIsShownNext(TlsProvider tls) throws Exception {
    var options = options(tls);
    var files = new CertificateSource.Files(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    options.certificate = files;
    write(files, SelfSigned.make("first.example"));
    try (RunningServer server = RunningServer.start(folder, options)) {
      for (int change = 1; change <= 5; change++) {
        ServingCertificate next = SelfSigned.make("next.example");
        write(files, next);
        double changes = change;
        RunningServer.await(() ->
            server.metric("portcullis_reloads_total{file=\"certificate\",result=\"success\"}")
                >= changes);
        try (Client client = Client.connect(server.port())) {
          assertThat(client.serverCertificate()).isEqualTo(next.chain().getFirst());
        }
      }
    }
  }

  private RunningServer start(TlsProvider tls) throws Exception {
    return RunningServer.start(folder, options(tls));
  }

  private static RunningServer.Options options(TlsProvider tls) {
    var options = new RunningServer.Options();
    options.tls = tls;
    return options;
  }

  private static SSLSocket socket(RunningServer server, String version) throws Exception {
    SSLContext context = Client.tls(null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  private static void write(CertificateSource.Files files, ServingCertificate certificate)
      throws Exception {
    Files.writeString(files.key(), Pem.encode("PRIVATE KEY", certificate.key().getEncoded()));
    Files.writeString(
        files.certificate(),
        Pem.encode("CERTIFICATE", certificate.chain().getFirst().getEncoded()));
  }

  private static String ask(RunningServer server, ServingCertificate certificate) throws Exception {
    KeyManager keys = certificate == null ? null : clientKeys(certificate);
    try (Client client = Client.connect(server.port(), keys)) {
      return client.review(Reviews.pod("1", "base", false)).body();
    }
  }

  private static KeyManager clientKeys(ServingCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client",
        certificate.key(),
        new char[0],
        certificate.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, new char[0]);
    return factory.getKeyManagers()[0];
  }
}

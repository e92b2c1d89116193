package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real handshakes that fail, with each provider of TLS. */
@Timeout(120)
class HandshakeFailuresTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aClientThatTrustsAnotherAuthorityIsToldOfOnceAndCountedEachTime(TlsProvider tls)
      throws Exception {
    String wrong = Pem.encode(SelfSigned.make("localhost").chain());
    try (RunningServer server = RunningServer.start(folder, options(tls))) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> Client.connectTrusting(server.port(), wrong))
            .isInstanceOf(IOException.class);
      }
      RunningServer.await(() -> failures(server, "certificate_refused") == 5);
      String log = server.logWith("the client does not trust the certificate that is shown");
      assertThat(Pattern.compile("a TLS handshake failed").matcher(log).results().count())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientWithoutTheCertificateThatIsDemandedIsToldOf(TlsProvider tls) throws Exception {
    RunningServer.Options options = options(tls);
    options.clientAuthorities =
        Files.writeString(
            folder.resolve("ca.crt"), Pem.encode(SelfSigned.make("client.example").chain()));
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThatThrownBy(
              () -> {
                try (Client client = Client.connect(server.port())) {
                  client.review(Reviews.pod("1", "base", false));
                }
              })
          .isInstanceOf(IOException.class);
      RunningServer.await(() -> failures(server, "client_certificate") == 1);
      server.logWith("the client's certificate is missing or not trusted");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoeverSpeaksNoTlsIsCountedAndNotToldOf(TlsProvider tls) throws Exception {
    try (RunningServer server = RunningServer.start(folder, options(tls))) {
      try (var plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        plain.getOutputStream().flush();
        RunningServer.await(() -> failures(server, "protocol") == 1);
      }
      assertThat(server.log()).doesNotContain("a TLS handshake failed");
    }
  }

  @Test
  void thereIsALineAMinuteHoweverManyFail() {
    var clock = new AtomicLong();
    var counted = new ArrayList<HandshakeFailures.Reason>();
    var logged = new ArrayList<String>();
    var failures = new HandshakeFailures(counted::add, clock::get);
    var logger = java.util.logging.Logger.getLogger(HandshakeFailures.class.getName());
    var handler =
        new java.util.logging.Handler() {
          @Override
          public void publish(java.util.logging.LogRecord entry) {
            logged.add(new java.util.logging.SimpleFormatter().formatMessage(entry));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      var alert =
          new SSLHandshakeException("Received fatal alert: bad_certificate " + "x".repeat(999));
      for (int i = 0; i < 1_000; i++) {
        failures.add(alert);
      }
      clock.addAndGet(Duration.ofSeconds(61).toNanos());
      failures.add(alert);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(counted).hasSize(1_001).containsOnly(HandshakeFailures.Reason.CERTIFICATE_REFUSED);
    String message = ("Received fatal alert: bad_certificate " + "x".repeat(999)).substring(0, 200);
    String line =
        "a TLS handshake failed: the client does not trust the certificate that is shown; compare"
            + " it with the caBundle of the webhook configurations ("
            + message
            + "...); %s more since the last such line";
    assertThat(logged).isEqualTo(List.of(line.formatted("0"), line.formatted("999")));
  }

  private static RunningServer.Options options(TlsProvider tls) {
    var options = new RunningServer.Options();
    options.tls = tls;
    return options;
  }

  private static double failures(RunningServer server, String reason) {
    return server.metric("portcullis_tls_handshake_failures_total{reason=\"" + reason + "\"}");
  }
}

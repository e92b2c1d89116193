package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGTERM while API servers ask without a pause.
 *
 * <p>A client keeps its connection until the server says that it ends, then opens another; it never
 * heeds {@code /readyz}, so that it is there until the port is closed. All it may meet is a
 * connection that is refused before anything was asked, by a server that is not ready any more, and
 * on HTTP/2 a request that GOAWAY names as not processed. Every other request must have its answer.
 */
@Timeout(240)
class ShutdownTest {
  private static final int CLIENTS = 16;
  private static final int STREAMS = 4;
  private static final int GRACE_SECONDS = 60;

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile boolean signalled;
  private URI ready;

  /** What the clients of a protocol have seen. */
  private static final class Tally {
    final String protocol;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    Tally(String protocol) {
      this.protocol = protocol;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "2s"})
  void everyRequestThatWasSentIsAnswered(String delay) throws Exception {
    Files.writeString(
        folder.resolve("namespaces.yaml"),
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
        """);
    Process process =
        ServeProcessTest.serve(
            "--cluster",
            folder.toString(),
            "--port",
            "0",
            "--metrics-port",
            "0",
            "--shutdown-delay",
            delay,
            "--shutdown-grace",
            GRACE_SECONDS + "s");
    try (BufferedReader out = process.inputReader()) {
      int port = URI.create(afterLast(out.readLine())).getPort();
      ready = URI.create(afterLast(out.readLine()) + "/readyz");
      out.readLine();
      SSLContext tls = trusting(afterLast(out.readLine()));
      var one = new Tally("http/1.1");
      var two = new Tally("h2");
      List<Thread> clients = new ArrayList<>();
      for (Tally tally : List.of(one, two)) {
        for (int c = 0; c < CLIENTS; c++) {
          String name = tally.protocol + "-" + c + "-";
          clients.add(Thread.ofPlatform().start(() -> client(tally, name, tls, port)));
        }
      }
      for (Tally tally : List.of(one, two)) {
        while (tally.answered.get() < 30 * CLIENTS && failures.isEmpty()) {
          LockSupport.parkNanos(1_000_000);
        }
        assertThat(tally.opened).as("connections are kept").hasValue(CLIENTS);
      }
      assertThat(isReady()).isTrue();

      signalled = true;
      process.destroy();
      int before = one.answered.get() + two.answered.get();
      assertThat(process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)).as("within the grace").isTrue();
      for (Thread client : clients) {
        client.join();
      }

      assertThat(failures).isEmpty();
      assertThat(process.exitValue()).isZero();
      assertThat(one.answered.get() + two.answered.get()).isGreaterThan(before);
      assertThat(one.refused).hasValue(CLIENTS);
      assertThat(two.refused).hasValue(CLIENTS);
    } finally {
      process.destroyForcibly();
      http.close();
    }
  }

  private void client(Tally tally, String name, SSLContext tls, int port) {
    int asked = 0;
    while (true) {
      KeptConnection connection;
      try {
        connection = KeptConnection.open(tally.protocol, tls, port);
      } catch (IOException e) {
        if (!signalled || isReady()) {
          failures.add(name + " was refused by a server that is ready: " + e);
        }
        tally.refused.incrementAndGet();
        return;
      }
      tally.opened.incrementAndGet();
      List<String> uids = List.of();
      try (connection) {
        while (!connection.ending) {
          uids = new ArrayList<>();
          for (int i = 0; i < (tally.protocol.equals("h2") ? STREAMS : 1); i++) {
            uids.add(name + asked++);
          }
          List<String> answers = connection.ask(uids.stream().map(ShutdownTest::review).toList());
          for (int i = 0; i < answers.size(); i++) {
            check(tally, uids.get(i), answers.get(i));
          }
        }
      } catch (IOException e) {
        failures.add("one of " + uids + " was lost: " + e);
        return;
      }
    }
  }

  private void check(Tally tally, String uid, String answer) {
    if (answer == null) {
      if (!signalled) {
        failures.add(uid + " was not processed before the signal");
      }
      return;
    }
    tally.answered.incrementAndGet();
    if (!answer.equals(
        "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":\""
            + uid
            + "\",\"allowed\":true,\"auditAnnotations\":{\"enforce-policy\":\"baseline:latest\"}}}\n")) {
      failures.add(uid + " got " + answer);
    }
  }

  private static String review(String uid) {
    return """
    {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s",\
    "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
    "name":"p","namespace":"shop","operation":"CREATE","userInfo":{"username":"alice"},\
    "object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"},"spec":{"containers":[\
    {"name":"c","image":"i"}]}},"oldObject":null,"dryRun":false}}
    """
        .formatted(uid);
  }

  private boolean isReady() {
    try {
      return http.send(
                  HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String afterLast(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  /** {@return a context that trusts what the server has printed as its {@code caBundle}} */
  private static SSLContext trusting(String bundle) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(bundle))));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

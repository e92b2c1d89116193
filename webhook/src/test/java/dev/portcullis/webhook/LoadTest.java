package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What must hold while many clients ask at once; {@code -Pload} makes it long. */
@Timeout(300)
class LoadTest {
  private static final boolean LONG = Boolean.getBoolean("load");
  private static final int CLIENTS = 64;

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void noAnswerCarriesAForeignUid() throws Exception {
    int requests = LONG ? 200_000 : 12_800;
    try (RunningServer server = RunningServer.start(folder)) {
      List<Thread> clients = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        String prefix = "uid-" + c + "-";
        // Plain allows are the answers that the reference shares between requests.
        String namespace = List.of("open", "base", "strict").get(c % 3);
        clients.add(
            Thread.ofVirtual()
                .start(() -> {
                  try (Client client = Client.connect(server.port())) {
                    for (int i = 0; i < requests / CLIENTS; i++) {
                      String uid = prefix + i;
                      String body = client.review(Reviews.pod(uid, namespace, i % 10 == 0)).body();
                      if (!body.contains("\"response\":{\"uid\":\"" + uid + "\",")) {
                        failures.add(uid + " got " + body);
                      }
                      answered.incrementAndGet();
                    }
                  } catch (IOException e) {
                    failures.add(prefix + e);
                  }
                }));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
      assertThat(answered.get()).isEqualTo(requests / CLIENTS * CLIENTS);
    }
  }

  @Test
  void certificateAndConfigurationChangeWithoutAFailedRequest() throws Exception {
    var options = new RunningServer.Options();
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    write(SelfSigned.make("first.example"), certificate, key);
    options.certificate = new CertificateSource.Files(certificate, key);
    options.configuration =
        Files.writeString(folder.resolve("config.yaml"), configuration("privileged"));
    options.drain = Duration.ofSeconds(2);
    try (RunningServer server = RunningServer.start(folder, options)) {
      var over = new AtomicBoolean();
      List<Thread> clients = steadyClients(server, 8, over);
      int rounds = LONG ? 120 : 3;
      for (int round = 0; round < rounds; round++) {
        ServingCertificate next = SelfSigned.make("round-" + round + ".example");
        write(next, certificate, key);
        RunningServer.await(() -> shows(server, next));
        String level = round % 2 == 0 ? "baseline" : "privileged";
        replace(options.configuration, configuration(level));
        RunningServer.await(
            () -> server.operator("/config").body().contains("\"enforce\":\"" + level + "\""));
        replace(options.configuration, "kind: Nonsense");
        RunningServer.await(
            () -> server.metric("portcullis_last_reload_successful{file=\"config\"}") == 0);
        assertThat(server.operator("/config").body()).contains("\"enforce\":\"" + level + "\"");
        int before = answered.get();
        RunningServer.await(() -> answered.get() > before + 100);
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
      assertThat(server.metric("portcullis_reloads_total{file=\"config\",result=\"failure\"}"))
          .isEqualTo(rounds);
      assertThat(server.metric("portcullis_reloads_total{file=\"config\",result=\"success\"}"))
          .isEqualTo(rounds);
      assertThat(server.logWith("cannot be used")).contains("the one before stays in force");
    }
  }

  @Test
  void keptConnectionsEndAfterACertificateChange() throws Exception {
    var options = new RunningServer.Options();
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    write(SelfSigned.make("first.example"), certificate, key);
    options.certificate = new CertificateSource.Files(certificate, key);
    options.drain = Duration.ofSeconds(1);
    try (RunningServer server = RunningServer.start(folder, options);
        Client busy = Client.connect(server.port());
        Client idle = Client.connect(server.port())) {
      assertThat(busy.review(Reviews.pod("1", "base", false)).closes()).isFalse();
      assertThat(idle.review(Reviews.pod("1", "base", false)).closes()).isFalse();
      ServingCertificate next = SelfSigned.make("next.example");
      write(next, certificate, key);
      RunningServer.await(() ->
          server.metric("portcullis_reloads_total{file=\"certificate\",result=\"success\"}") == 1);
      assertThat(busy.review(Reviews.pod("1", "base", false)).closes()).isTrue();
      assertThat(busy.isClosedByServer()).isTrue();
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(shows(server, next)).isTrue();
    }
  }

  @Test
  void aStopAnswersWhatWasAsked() throws Exception {
    RunningServer server = RunningServer.start(folder);
    try {
      var over = new AtomicBoolean();
      List<Thread> clients = steadyClients(server, 8, over);
      RunningServer.await(() -> answered.get() > 200);
      over.set(false);
      var stop = Thread.ofPlatform().start(server::stop);
      RunningServer.await(() -> refuses(server));
      over.set(true);
      stop.join();
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
    } finally {
      server.close();
    }
  }

  /** Clients that keep their connection until they are told that it ends, as an API server does. */
  private List<Thread> steadyClients(RunningServer server, int count, AtomicBoolean over) {
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!over.get()) {
                  Client client;
                  try {
                    client = Client.connect(server.port());
                  } catch (IOException e) {
                    // Refused before anything was asked: only a stopped server may do so.
                    RunningServer.await(() -> over.get() || refuses(server));
                    return;
                  }
                  try (client) {
                    ask(client, over);
                  } catch (IOException e) {
                    failures.add(String.valueOf(e));
                  }
                }
              }));
    }
    return clients;
  }

  private void ask(Client client, AtomicBoolean over) throws IOException {
    while (!over.get()) {
      Client.Reply reply = client.review(Reviews.pod("1", "base", false));
      if (!reply.body().equals(Reviews.allowed("1"))) {
        failures.add(reply.toString());
      }
      answered.incrementAndGet();
      if (reply.closes()) {
        return;
      }
    }
  }

  private static boolean refuses(RunningServer server) {
    try (var _ = Client.connect(server.port())) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean shows(RunningServer server, ServingCertificate expected) {
    try (Client client = Client.connect(server.port())) {
      return client.serverCertificate().equals(expected.chain().getFirst());
    } catch (IOException e) {
      return false;
    }
  }

  private static String configuration(String level) {
    return """
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: %s}
    """
        .formatted(level);
  }

  private static void write(ServingCertificate made, Path certificate, Path key) throws Exception {
    replace(certificate, Pem.encode("CERTIFICATE", made.chain().getFirst().getEncoded()));
    replace(key, Pem.encode("PRIVATE KEY", made.key().getEncoded()));
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

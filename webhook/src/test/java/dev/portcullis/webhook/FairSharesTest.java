package dev.portcullis.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever holds much keeps nobody else out. All clients here have one address. */
@Timeout(180)
class FairSharesTest {
  private static final int STREAMS = 100;

  @TempDir Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void openStreamsWithoutABodyTakeNoReviewsPlace() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    List<RawHttp2> hostile = halfOpen(server, 8);
    RunningServer.await(() -> server.metric("portcullis_requests_in_flight") == 8 * STREAMS);
    for (int i = 0; i < 100; i++) {
      assertReviewed(server);
    }
    RawHttp2 again = hostile.getFirst();
    again.frame(
        RawHttp2.DATA, RawHttp2.END_STREAM, 1, Reviews.pod("9", "base", true).getBytes(UTF_8));
    again.flush();
    assertThat(again.ends(1)).containsEntry(1, new RawHttp2.End(Reviews.denied("9"), -1));
  }

  @Test
  void openStreamsBeyondWhatCanBeHeldAreGivenUp() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    List<RawHttp2> hostile = halfOpen(server, 30);
    assertReviewed(server);
    // Some found no room at once, the others are given up after a second instead of fifteen.
    for (RawHttp2 one : hostile) {
      for (RawHttp2.End end : one.ends(STREAMS).values()) {
        assertThat(end.text())
            .isIn(
                "the request took too long to arrive\n",
                "too many requests are under way; try again\n");
      }
    }
    assertThat(server.metric("portcullis_rejected_requests_total{kind=\"slow\"}")).isPositive();
    assertThat(server.metric("portcullis_requests_in_flight")).isZero();
    assertReviewed(server);
  }

  @Test
  void silentSocketsMakeRoom() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    Client before = keep(Client.connect(server.port()));
    assertThat(before.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
    for (int i = 0; i < 3_000; i++) {
      keep(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      if (i % 20 == 0) {
        assertThat(before.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
      }
      if (i % 500 == 499) {
        assertReviewed(server);
      }
    }
    assertThat(server.metric("portcullis_rejected_requests_total{kind=\"connection_limit\"}"))
        .isGreaterThanOrEqualTo(2_000);
  }

  @Test
  void silentSocketsKeepNoProbeAway() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    for (int i = 0; i < 1_500; i++) {
      keep(new Socket(InetAddress.getLoopbackAddress(), server.operatorPort()));
    }
    for (int i = 0; i < 20; i++) {
      try (var probe = new Socket(InetAddress.getLoopbackAddress(), server.operatorPort())) {
        probe.setSoTimeout(5_000);
        probe.getOutputStream().write("GET /livez HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        assertThat(new String(probe.getInputStream().readAllBytes(), UTF_8))
            .startsWith("HTTP/1.0 200 ");
      }
    }
    assertReviewed(server);
  }

  @Test
  void theSlowestConnectionMakesRoomAndBusyOnesStay() throws Exception {
    var options = new RunningServer.Options();
    options.limits = limits(3);
    RunningServer server = start(options);
    Client first = keep(Client.connect(server.port()));
    Client second = keep(Client.connect(server.port()));
    Client third = keep(Client.connect(server.port()));
    for (Client one : List.of(second, first, third)) {
      assertThat(one.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
    }
    assertReviewed(server);
    assertThat(second.isClosedByServer()).isTrue();
    assertThat(first.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
    assertThat(third.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
  }

  @Test
  void partsOfHeadersAreNotCollectedWithoutEnd() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    String part = "POST / HTTP/1.1\r\n" + "a:\r\n".repeat(2_500);
    for (int i = 0; i < 300; i++) {
      Client hostile = keep(Client.connect(server.port()));
      hostile.send(part);
    }
    RunningServer.await(() ->
        server.metric("portcullis_rejected_requests_total{kind=\"connection_limit\"}") >= 190);
    assertReviewed(server);
  }

  @Test
  void whoDoesNotReadIsNotReadFromAndEnded() throws Exception {
    var options = new RunningServer.Options();
    options.limits = limits(100);
    RunningServer server = start(options);
    byte[] request =
        Client.post("/", "Content-Type: application/json\r\n", Reviews.pod("1", "base", true));
    int sent = 0;
    try (Client hostile = Client.connect(server.port())) {
      for (; sent < 200_000; sent++) {
        hostile.send(request);
      }
    } catch (IOException e) {
      // The server has ended it.
    }
    assertThat(sent).isLessThan(50_000);
    assertReviewed(server);
    RunningServer.await(() -> server.metric("portcullis_connections") == 0);
  }

  @Test
  void aConnectionThatCarriesOnlyProbesIsKept() throws Exception {
    var options = new RunningServer.Options();
    options.limits =
        new Limits(
            4_096,
            10,
            10,
            100_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
    RunningServer server = start(options);
    Client probes = keep(Client.connect(server.port()));
    Client silent = keep(Client.connect(server.port()));
    byte[] probe = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8);
    assertThat(probes.exchange(probe).body()).isEqualTo("ok");
    // As long as that one may keep silent, and longer.
    assertThat(silent.isClosedByServer()).isTrue();
    assertThat(probes.exchange(probe).body()).isEqualTo("ok");
  }

  @Test
  void halfOpenStreamsDoNotHoldUpAStop() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    halfOpen(server, 3);
    RunningServer.await(() -> server.metric("portcullis_requests_in_flight") == 3 * STREAMS);
    long began = System.nanoTime();
    server.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void aLongReviewIsAnsweredLikeAShortOne() throws Exception {
    RunningServer server = start(new RunningServer.Options());
    String spaces = " ".repeat(Limits.ASIDE_BYTES);
    try (Client client = Client.connect(server.port())) {
      for (boolean privileged : new boolean[] {true, false}) {
        String review = Reviews.pod("1", "base", privileged);
        assertThat(client.review(review + spaces)).isEqualTo(client.review(review));
      }
      Client.Reply reply = client.review(Reviews.pod("1", "base", false) + spaces + "x");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).isEqualTo("unable to decode the request\n");
    }
    RunningServer.await(() -> server.metric("portcullis_requests_in_flight") == 0);
  }

  private static Limits limits(int connections) {
    return new Limits(
        16_384,
        connections,
        100,
        1_000_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(90));
  }

  private RunningServer start(RunningServer.Options options) throws Exception {
    return keep(RunningServer.start(folder, options));
  }

  private List<RawHttp2> halfOpen(RunningServer server, int connections) throws IOException {
    List<RawHttp2> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      RawHttp2 client = keep(RawHttp2.connect(server.port()));
      for (int stream = 0; stream < STREAMS; stream++) {
        client.open(2 * stream + 1);
      }
      client.flush();
      clients.add(client);
    }
    return clients;
  }

  private <T extends AutoCloseable> T keep(T one) {
    opened.add(one);
    return one;
  }

  private static void assertReviewed(RunningServer server) throws IOException {
    try (Client client = Client.connect(server.port())) {
      assertThat(client.review(Reviews.pod("1", "base", false)).body())
          .isEqualTo(Reviews.allowed("1"));
    }
  }
}

package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With limits so small that a test can reach them. */
@Timeout(180)
class LimitsTest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ";

  private RunningServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = RunningServer.start(folder, options(100_000));
  }

  private static RunningServer.Options options(long bodyMemory) {
    var options = new RunningServer.Options();
    options.limits =
        new Limits(
            4_096,
            3,
            2,
            bodyMemory,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
    return options;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSlowBodyIsGivenUp() throws Exception {
    try (Client client = Client.connect(server.port())) {
      client.send(HEAD + "1000\r\n\r\n{");
      Client.Reply reply = client.receive();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.body()).isEqualTo("the request took too long to arrive\n");
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertRejected("slow");
  }

  @Test
  void aConnectionWithoutACompleteHeaderIsClosed() throws Exception {
    try (Client client = Client.connect(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost:");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (Client client = Client.connect(server.port())) {
      assertThat(client.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aConnectionThatNeverShakesHandsIsClosed() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
    RunningServer.await(
        () -> server.metric("portcullis_rejected_requests_total{kind=\"handshake\"}") == 1);
  }

  @Test
  void moreConnectionsThanAllowedTakeThePlaceOfTheSlowest() throws Exception {
    try (Client first = Client.connect(server.port());
        Client second = Client.connect(server.port());
        Client third = Client.connect(server.port())) {
      assertThat(second.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
      assertThat(third.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
      try (Client fourth = Client.connect(server.port())) {
        assertThat(fourth.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
        assertThat(first.isClosedByServer()).isTrue();
        assertRejected("connection_limit");
        assertThat(second.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
        assertThat(third.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void connectionsThatNeverShakeHandsMakeRoom() throws Exception {
    try (var first = new Socket(InetAddress.getLoopbackAddress(), server.port());
        var second = new Socket(InetAddress.getLoopbackAddress(), server.port());
        var third = new Socket(InetAddress.getLoopbackAddress(), server.port());
        var client = Client.connect(server.port())) {
      assertThat(client.review(Reviews.pod("1", "base", false)).status()).isEqualTo(200);
      for (Socket silent : List.of(first, second, third)) {
        assertThat(silent.getInputStream().read()).isNegative();
      }
    }
  }

  @Test
  void requestsThatAreArrivingTakeNoReviewsPlace() throws Exception {
    try (Client first = Client.connect(server.port());
        Client second = Client.connect(server.port());
        Client third = Client.connect(server.port())) {
      String review = Reviews.pod("1", "base", false);
      first.send(HEAD + review.length() + "\r\n\r\n{");
      second.send(HEAD + review.length() + "\r\n\r\n{");
      RunningServer.await(() -> server.metric("portcullis_requests_in_flight") == 2);
      assertThat(third.review(review).body()).isEqualTo(Reviews.allowed("1"));
      first.send(review.substring(1));
      assertThat(first.receive().body()).isEqualTo(Reviews.allowed("1"));
    }
  }

  @Test
  void moreBytesThanCanBeHeldAreSentAway(@TempDir Path folder) throws Exception {
    String review = Reviews.pod("1", "base", false);
    // All in one TLS record: whoever goes on sending to a connection that is being closed may see
    // that in place of the answer.
    try (var small = RunningServer.start(folder, options(10_000))) {
      try (Client client = Client.connect(small.port())) {
        assertThat(client.review(review + " ".repeat(12_000)).status()).isEqualTo(503);
      }
      RunningServer.await(() -> small.metric("portcullis_requests_in_flight") == 0);
      try (Client client = Client.connect(small.port())) {
        assertThat(client.review(review).body()).isEqualTo(Reviews.allowed("1"));
      }
    }
  }

  private void assertRejected(String kind) {
    assertThat(server.metric("portcullis_rejected_requests_total{kind=\"" + kind + "\"}"))
        .isEqualTo(1);
  }
}

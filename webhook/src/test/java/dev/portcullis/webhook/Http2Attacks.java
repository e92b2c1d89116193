package dev.portcullis.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What frames of HTTP/2 can do, each bounded in time. */
final class Http2Attacks {
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final int CONNECTIONS = 6;

  private final int port;

  Http2Attacks(int port) {
    this.port = port;
  }

  /** What is sent on a connection until the server ends it. */
  private interface Flood {
    void send(RawHttp2 client, int round) throws IOException;
  }

  /** Sends without reading, in batches, on connections that begin anew when they are ended. */
  private void flood(byte[] settings, int rounds, Flood flood) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    Attacks.during(
        TIME,
        CONNECTIONS,
        1,
        (n, held) -> {
          RawHttp2 client = RawHttp2.connect(port, settings);
          // Closed by another thread at the end, even while it is blocked.
          held.add(client);
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < rounds && System.nanoTime() < end; i++) {
                    flood.send(client, i);
                    client.flush();
                  }
                } catch (IOException e) {
                  // The server defends itself.
                }
                held.remove(client);
                client.close();
              });
        });
  }

  void rapidReset() throws Exception {
    flood(
        new byte[0],
        100_000,
        (client, i) -> {
          client.open(2 * i + 1);
          client.frame(RawHttp2.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
        });
  }

  /** The server is made to reset: by a window that is enlarged by nothing. */
  void madeYouReset() throws Exception {
    flood(
        new byte[0],
        100_000,
        (client, i) -> {
          client.open(2 * i + 1);
          client.frame(RawHttp2.WINDOW_UPDATE, 0, 2 * i + 1, new byte[4]);
        });
  }

  void continuations() throws Exception {
    byte[] field = RawHttp2.block(Map.of(), Map.of("x", "y".repeat(100)));
    flood(
        new byte[0],
        1_000_000,
        (client, i) -> {
          if (i == 0) {
            client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.headers());
          }
          client.frame(RawHttp2.CONTINUATION, 0, 1, i % 2 == 0 ? field : new byte[0]);
        });
  }

  /** One field of 4,000 bytes is put into the table and named again and again. */
  void hpackBomb() throws Exception {
    var first = new ByteArrayOutputStream();
    first.writeBytes(RawHttp2.headers());
    // With indexing, a new name of one letter, a value of 3,900: the length in a prefix of 7 bits.
    first.write(0x40);
    first.write(1);
    first.write('x');
    first.write(0x7f);
    int rest = 3_900 - 127;
    first.write((rest & 0x7f) | 0x80);
    first.write(rest >> 7);
    first.writeBytes("v".repeat(3_900).getBytes(UTF_8));
    var again = new ByteArrayOutputStream();
    again.writeBytes(RawHttp2.headers());
    for (int i = 0; i < 10_000; i++) {
      again.write(0x80 | 62);
    }
    flood(
        new byte[0],
        100_000,
        (client, i) ->
            client.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS,
                2 * i + 1,
                i == 0 ? first.toByteArray() : again.toByteArray()));
  }

  void settings() throws Exception {
    byte[] table = RawHttp2.setting(1, 4_096);
    flood(
        new byte[0],
        1_000_000,
        (client, i) -> {
          for (int k = 0; k < 100; k++) {
            client.frame(RawHttp2.SETTINGS, 0, 0, table);
          }
        });
  }

  void pings() throws Exception {
    flood(
        new byte[0],
        1_000_000,
        (client, i) -> {
          for (int k = 0; k < 100; k++) {
            client.frame(RawHttp2.PING, 0, 0, new byte[8]);
          }
        });
  }

  void emptyData() throws Exception {
    flood(
        new byte[0],
        1_000_000,
        (client, i) -> {
          if (i == 0) {
            client.open(1);
          }
          client.frame(RawHttp2.DATA, 0, 1, new byte[0]);
        });
  }

  /** Reviews whose answers the client gives no room for. */
  void closedWindow() throws Exception {
    byte[] denied = Reviews.pod("1", "base", true).getBytes(UTF_8);
    Attacks.during(
        TIME,
        CONNECTIONS * 4,
        4,
        (n, held) -> {
          RawHttp2 client = RawHttp2.connect(port, RawHttp2.setting(4, 0));
          held.add(client);
          for (int i = 0; i < 100; i++) {
            client.open(2 * i + 1);
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 2 * i + 1, denied);
          }
          client.flush();
        });
  }
}

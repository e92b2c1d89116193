package dev.portcullis.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What can be done to a server by whoever reaches its ports, each bounded in time. */
final class Attacks {
  private static final String JSON = "Content-Type: application/json\r\n";

  private final int port;
  private final int operatorPort;
  private final long seed;

  Attacks(int port, int operatorPort, long seed) {
    this.port = port;
    this.operatorPort = operatorPort;
    this.seed = seed;
  }

  /** An attack. */
  interface Attack {
    void run() throws Exception;
  }

  /** One of many attackers. */
  interface Attacker {
    /** Does it once; whatever it opens it adds to {@code held}, to be closed at the end. */
    void attack(int number, List<AutoCloseable> held) throws IOException;
  }

  /** Lets so many attackers do it again and again for so long, holding at most so many each. */
  static void during(Duration time, int attackers, int most, Attacker attacker) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < attackers; i++) {
        int number = i;
        threads.execute(() -> {
          List<AutoCloseable> held = new CopyOnWriteArrayList<>();
          while (System.nanoTime() < end) {
            if (held.size() >= most) {
              pause(Duration.ofMillis(20));
              continue;
            }
            try {
              attacker.attack(number, held);
            } catch (IOException e) {
              // The server defends itself.
              pause(Duration.ofMillis(5));
            }
          }
          held.forEach(Attacks::close);
        });
      }
      threads.shutdown();
      threads.awaitTermination(time.toMillis() + 20_000, TimeUnit.MILLISECONDS);
    }
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      // It is gone.
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Posts a body on a connection of its own and waits for the answer. */
  private void post(String path, String body) throws IOException {
    try (HostileSocket socket = HostileSocket.tls(port)) {
      socket.send(Client.post(path, JSON, body));
      socket.receive();
    }
  }

  void yamlAliases() throws Exception {
    String scalar = "x".repeat(2_900_000);
    String bomb = "a: &a " + scalar + "\nb: [*a, *a, *a, *a, *a]\n";
    during(Duration.ofSeconds(4), 4, 1, (n, held) -> post("/validate", bomb));
  }

  void longLabels() throws Exception {
    String review = Reviews.pod("1", "base", false);
    String operation = review.replace("CREATE", "C".repeat(2_500_000));
    String subresource =
        review.replace(
            "\"name\":\"p\",", "\"requestSubResource\":\"" + "s".repeat(2_500_000) + "\",");
    during(
        Duration.ofSeconds(5), 6, 1, (n, held) -> post("/", n % 2 == 0 ? operation : subresource));
  }

  void manyLabels() throws Exception {
    String review = Reviews.pod("1", "base", true);
    Client[] clients = new Client[8];
    during(
        Duration.ofSeconds(4),
        8,
        1,
        (n, held) -> {
          if (clients[n] == null) {
            clients[n] = Client.connect(port);
          }
          String any = "x" + System.nanoTime();
          clients[n].review(review.replace("CREATE", any).replace("\"base\"", "\"" + any + "\""));
        });
    for (Client client : clients) {
      close(client);
    }
  }

  void halfOpenStreams() throws Exception {
    byte[] part = new byte[8_000];
    during(
        Duration.ofSeconds(6),
        40,
        2,
        (n, held) -> {
          RawHttp2 client = RawHttp2.connect(port);
          held.add(client);
          for (int i = 0; i < 100; i++) {
            client.open(2 * i + 1);
            if (n % 2 == 0) {
              client.frame(RawHttp2.DATA, 0, 2 * i + 1, part);
            }
          }
          client.flush();
        });
  }

  void silentSockets() throws Exception {
    during(
        Duration.ofSeconds(6),
        10,
        300,
        (n, held) -> held.add(HostileSocket.plain(n % 2 == 0 ? port : operatorPort)));
  }

  void slowHandshakes() throws Exception {
    byte[] hello = {22, 3, 1, 0x3f, (byte) 0xff, 1, 0, 0x3f, (byte) 0xfb, 3, 3};
    during(
        Duration.ofSeconds(5),
        10,
        150,
        (n, held) -> {
          HostileSocket socket = HostileSocket.plain(port);
          held.add(socket);
          socket.send(hello);
          socket.send(new byte[15_000]);
        });
  }

  void handshakes() throws Exception {
    during(Duration.ofSeconds(4), 4, 100, (n, held) -> HostileSocket.tls(port).close());
  }

  void manyContainers() throws Exception {
    String ephemeral =
        Reviews.pod("1", "base", false)
            .replace("CREATE", "UPDATE")
            .replace("\"oldObject\":null", "\"oldObject\":" + ephemeralPod("a"))
            .replaceFirst("\"object\":\\{.*?\\]\\}\\}", "\"object\":" + ephemeralPod("b"));
    String empty =
        Reviews.pod("1", "base", false)
            .replaceFirst(
                "\"containers\":\\[.*?\\]", "\"containers\":[" + "{},".repeat(99_998) + "{}]");
    during(Duration.ofSeconds(8), 6, 1, (n, held) -> post("/", n % 2 == 0 ? ephemeral : empty));
  }

  private static String ephemeralPod(String image) {
    var pod = new StringBuilder("{\"kind\":\"Pod\",\"spec\":{\"ephemeralContainers\":[");
    for (int i = 0; i < 20_000; i++) {
      pod.append(i == 0 ? "" : ",")
          .append("{\"name\":\"c")
          .append(i)
          .append("\",\"image\":\"")
          .append(image)
          .append("\"}");
    }
    return pod.append("]}}").toString();
  }

  void namespaceUpdates() throws Exception {
    String pod = Reviews.pod("1", "base", false);
    String namespace =
        pod.substring(0, pod.indexOf("\"kind\":{"))
            + "\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Namespace\"},"
            + "\"resource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"namespaces\"},"
            + "\"name\":\"%s\",\"namespace\":\"%s\",\"operation\":\"UPDATE\",\"object\":"
            + "{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"base\",\"labels\":"
            + "{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}},"
            + "\"oldObject\":{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"base\"}}}}";
    during(
        Duration.ofSeconds(4),
        48,
        1,
        (n, held) ->
            post("/validate?timeout=30s", namespace.replace("%s", n % 2 == 0 ? "" : "base")));
  }

  void longBodies() throws Exception {
    String review = Reviews.pod("1", "base", false);
    String padded = review + " ".repeat(Limits.BODY_BYTES - 1 - review.length());
    String nested =
        review.replace("\"image\":\"i\"", "\"x\":" + "[".repeat(9_000) + "]".repeat(9_000));
    during(Duration.ofSeconds(6), 24, 1, (n, held) -> post("/", n % 3 == 0 ? nested : padded));
  }

  void slowBodies() throws Exception {
    during(
        Duration.ofSeconds(6),
        20,
        30,
        (n, held) -> {
          HostileSocket socket = HostileSocket.tls(port);
          held.add(socket);
          socket.send("POST / HTTP/1.1\r\nHost: h\r\n" + JSON + "Content-Length: 3000000\r\n\r\n");
          socket.send(new byte[60_000]);
        });
  }

  void slowHeaders() throws Exception {
    String part = "POST / HTTP/1.1\r\n" + "a:\r\n".repeat(3_900);
    during(
        Duration.ofSeconds(5),
        20,
        40,
        (n, held) -> {
          HostileSocket socket =
              n % 4 == 0 ? HostileSocket.plain(operatorPort) : HostileSocket.tls(port);
          held.add(socket);
          socket.send(part);
        });
  }

  void pipelining() throws Exception {
    byte[] review = Client.post("/", JSON, Reviews.pod("1", "base", true));
    byte[] scrape = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n".repeat(200).getBytes(UTF_8);
    during(
        Duration.ofSeconds(6),
        24,
        1,
        (n, held) -> {
          // Never reads; what blocks ends when its socket is closed.
          HostileSocket socket =
              n % 3 == 0 ? HostileSocket.plain(operatorPort) : HostileSocket.tls(port);
          held.add(socket);
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 50_000; i++) {
                    socket.send(n % 3 == 2 ? review : scrape);
                  }
                } catch (IOException e) {
                  // The server defends itself.
                }
              });
        });
  }

  void randomBytes() throws Exception {
    during(
        Duration.ofSeconds(5),
        12,
        1,
        (n, held) -> {
          var random = new SplittableRandom(seed + n);
          byte[] bytes = new byte[random.nextInt(1, 50_000)];
          random.nextBytes(bytes);
          try (HostileSocket socket =
              switch (n % 3) {
                case 0 -> HostileSocket.plain(port);
                case 1 -> HostileSocket.plain(operatorPort);
                default -> HostileSocket.tls(port);
              }) {
            socket.send(bytes);
            socket.receive();
          }
        });
  }

  /** Ten thousand reviews, each with some bytes changed, cut out or repeated. */
  void mutatedReviews() throws Exception {
    int clients = 8;
    List<Future<?>> sent = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        var random = new SplittableRandom(seed + i);
        Future<?> all =
            threads.submit(() -> {
              Client client = Client.connect(port);
              for (int k = 0; k < 10_000 / clients; k++) {
                try {
                  if (client.exchange(Mutations.post(random)).closes()) {
                    client.close();
                    client = Client.connect(port);
                  }
                } catch (IOException e) {
                  client.close();
                  client = Client.connect(port);
                }
              }
              client.close();
              return null;
            });
        sent.add(all);
      }
    }
    for (Future<?> all : sent) {
      all.get();
    }
  }
}

package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects as large as clusters hold them, and an API server that says nothing. */
@Timeout(120)
class BigObjectsTest {
  @Test
  void aPageOfBigPodsCostsAsMuchMemoryAsOneOfThem(@TempDir Path folder) throws Exception {
    try (var server = new FakeApiServer()) {
      server.put("shop", "baseline");
      // The text is one object in this JVM, so what grows is what is read.
      server.addBigPods("shop", 500, 200_000);
      try (LiveCluster cluster = LiveCluster.of(server.kubeconfig(folder))) {
        cluster.awaitSynced();
        List<String> batches = new ArrayList<>();
        AtomicLong most = new AtomicLong();
        long before = used();
        cluster
            .pods()
            .list(
                "shop",
                Deadline.none(),
                (pods, remaining) -> {
                  batches.add(pods.size() + "+" + remaining);
                  if (batches.size() % 20 == 1) {
                    most.accumulateAndGet(used() - before, Math::max);
                  }
                  return true;
                });
        assertThat(batches).hasSize(84).startsWith("6+-1", "6+-1").endsWith("2+0");
        assertThat(most.get()).isLessThan(16L << 20);
      }
    }
  }

  @Test
  void whoeverStopsIsToldHowManyPodsAreLeftOfAFullPage(@TempDir Path folder) throws Exception {
    try (var server = new FakeApiServer()) {
      server.addBigPods("shop", 700, 100_000);
      try (LiveCluster cluster = LiveCluster.of(server.kubeconfig(folder))) {
        List<String> batches = new ArrayList<>();
        cluster
            .pods()
            .list(
                "shop",
                Deadline.none(),
                (pods, remaining) -> {
                  batches.add(pods.size() + "+" + remaining);
                  return batches.size() < 3;
                });
        assertThat(batches).containsExactly("11+689", "11+678", "11+667");
      }
    }
  }

  @Test
  void namespacesOfAMegabyteAreListedAndLookedUp(@TempDir Path folder) throws Exception {
    try (var server = new FakeApiServer()) {
      for (int i = 0; i < 100; i++) {
        server.put("n" + i, "baseline");
        server.annotate("n" + i, 1_000_000);
      }
      try (LiveCluster cluster = LiveCluster.of(server.kubeconfig(folder))) {
        cluster.awaitSynced();
        assertThat(cluster.size()).isEqualTo(100);
        server.putUnheard("later", "baseline");
        server.annotate("later", 1_000_000);
        assertThat(cluster.namespaces().get("later", Deadline.none()))
            .isInstanceOf(Lookup.Found.class);
        server.annotate("later", 5_000_000);
        assertThat(cluster.namespaces().get("later", Deadline.none()))
            .isEqualTo(
                Lookup.failed(
                    "the API server cannot be asked: it answered with more than 4194304 bytes"));
      }
    }
  }

  @Test
  void whatIsNotAnsweredInTimeIsEnded() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var config =
          new io.fabric8.kubernetes.client.ConfigBuilder(
                  io.fabric8.kubernetes.client.Config.empty())
              .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
              .build();
      try (var server = new ApiServer(config)) {
        long wait = TimeUnit.MILLISECONDS.toNanos(300);
        for (Request request :
            List.<Request>of(
                () -> server.stream("watch", (pieces, body) -> {}, wait),
                () -> server.read("list", new ListBody((object, list) -> true), wait),
                () -> server.await("one", wait))) {
          try {
            request.send();
          } catch (IOException e) {
            assertThat(e).hasMessage("the API server did not answer in time");
          }
          Socket socket = silent.accept();
          socket.setSoTimeout(20_000);
          open.add(socket);
          while (socket.getInputStream().read() >= 0) {
            // Ends when the client has closed the connection.
          }
        }
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    assertThat(open).hasSize(3);
  }

  @Test
  void aWatchMayBeSilentForLongerThanItsAnswerMayTake() throws Exception {
    try (var server = new FakeApiServer()) {
      var config =
          new io.fabric8.kubernetes.client.ConfigBuilder(
                  io.fabric8.kubernetes.client.Config.empty())
              .withMasterUrl("http://127.0.0.1:" + server.port())
              .build();
      var store = new NamespaceStore();
      try (var api = new ApiServer(config)) {
        long wait = TimeUnit.MILLISECONDS.toNanos(200);
        var response =
            api.stream(
                "api/v1/namespaces?watch=true&resourceVersion=1",
                new WatchedChanges(store, "1"),
                wait);
        response.body().consume();
        // Past the time in which the answer had to begin.
        assertThat(response.body().done().orTimeout(600, TimeUnit.MILLISECONDS).handle((d, e) -> e))
            .succeedsWithin(java.time.Duration.ofSeconds(5))
            .isInstanceOf(java.util.concurrent.TimeoutException.class);
        server.put("late", "baseline");
        Eventually.await(() -> store.size() == 1);
      }
    }
  }

  private interface Request {
    void send() throws IOException;
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

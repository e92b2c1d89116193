package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that hostile clients can do, against the real process with the launcher's flags; runs
 * only by name ({@code .ci/run hostile}), as it takes minutes of both cores.
 */
@Timeout(600)
class HostileCampaign {
  private static final int MAX_MEGABYTES = Integer.getInteger("hostile.megabytes", 160);
  private static final long SEED = Long.getLong("hostile.seed", 13);
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  /** What is compiled, loaded and cached by being used at all stays. */
  private static final int LEVEL_MEGABYTES = 15;

  @TempDir Path folder;

  /** An attack by its name. */
  private record Named(String name, Attacks.Attack attack) {}

  private static List<Named> attacks(ServeProcess server) {
    var any = new Attacks(server.port(), server.operatorPort(), SEED);
    var http2 = new Http2Attacks(server.port());
    return List.of(
        new Named("mutated reviews", any::mutatedReviews),
        new Named("many labels", any::manyLabels),
        new Named("half-open streams", any::halfOpenStreams),
        new Named("silent sockets", any::silentSockets),
        new Named("slow handshakes", any::slowHandshakes),
        new Named("handshakes", any::handshakes),
        new Named("slow headers", any::slowHeaders),
        new Named("slow bodies", any::slowBodies),
        new Named("pipelining without reading", any::pipelining),
        new Named("random bytes", any::randomBytes),
        new Named("rapid reset", http2::rapidReset),
        new Named("made you reset", http2::madeYouReset),
        new Named("CONTINUATION flood", http2::continuations),
        new Named("HPACK bomb", http2::hpackBomb),
        new Named("SETTINGS flood", http2::settings),
        new Named("PING flood", http2::pings),
        new Named("empty DATA", http2::emptyData),
        new Named("answers without a window", http2::closedWindow),
        new Named("namespace updates", any::namespaceUpdates),
        new Named("long bodies", any::longBodies),
        new Named("many containers", any::manyContainers),
        new Named("YAML aliases", any::yamlAliases),
        new Named("long labels", any::longLabels));
  }

  @Test
  void nobodyIsRefusedAndNothingGrows() throws Exception {
    Path manifests = Files.writeString(folder.resolve("cluster.yaml"), RunningServer.NAMESPACES);
    try (ServeProcess server = ServeProcess.start(manifests, folder.resolve("log"));
        var honest = new HonestClient(server.port())) {
      pause(Duration.ofSeconds(5));
      assertThat(honest.failures()).isEmpty();
      honest.isWarm();
      int level = server.residentMegabytes();
      System.out.println("before: " + level + " MB");
      List<String> tooLarge = new ArrayList<>();
      String only = System.getProperty("hostile.only", "");
      for (Named one : attacks(server)) {
        if (!one.name.contains(only)) {
          continue;
        }
        int most = under(server, honest, one);
        if (most >= MAX_MEGABYTES) {
          tooLarge.add(one.name + ": " + most + " MB");
        }
        assertThat(server.isAlive()).as("%s: serve lives", one.name).isTrue();
      }
      honest.meanwhile("nothing");
      long end = System.nanoTime() + RECOVERY.toNanos();
      while (server.residentMegabytes() > level + LEVEL_MEGABYTES && System.nanoTime() < end) {
        pause(Duration.ofMillis(200));
      }
      int after = server.residentMegabytes();
      System.out.println("after: " + after + " MB, answered " + honest.answered());
      assertThat(honest.failures()).isEmpty();
      assertThat(tooLarge).isEmpty();
      assertThat(after).isLessThanOrEqualTo(level + LEVEL_MEGABYTES);
      long stop = server.stop();
      System.out.println("stop: " + stop + " ms");
      assertThat(stop).isLessThan(10_000);
    }
  }

  /** {@return the most memory that the server had during an attack} */
  private static int under(ServeProcess server, HonestClient honest, Named one) throws Exception {
    honest.meanwhile(one.name);
    int failed = honest.failures().size();
    var broken = new AtomicReference<@Nullable Exception>();
    var attack =
        Thread.ofVirtual()
            .start(() -> {
              try {
                one.attack.run();
              } catch (Exception e) {
                broken.set(e);
              }
            });
    int most = 0;
    while (attack.isAlive() && server.isAlive()) {
      most = Math.max(most, server.residentMegabytes());
      pause(Duration.ofMillis(20));
    }
    attack.join();
    assertThat(broken.get()).as("%s: the attack itself", one.name).isNull();
    System.out.printf(
        "%-28s at most %3d MB, an honest answer at most %4d ms, %d failed%n",
        one.name, most, honest.longest(), honest.failures().size() - failed);
    return most;
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}

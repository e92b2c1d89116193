package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The clocks of the replicas' node go wrong by 70 days, when certificates are to be renewed, and by
 * 100, when they have expired, and come back; the API server's is right all the time.
 */
final class ClockIT {
  private static final int ANY = Integer.MAX_VALUE;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a replica that is killed may have been asked at that moment. */
  private static final int UNDER_WAY = 3;

  @Test
  void aClockThatWasWrongLeavesNothingBehind() throws IOException {
    Path clock = Tools.module().resolve("target/e2e/clock.offset");
    Files.createDirectories(clock.getParent());
    set(clock, "+0");
    try (Life life =
        Life.startWith(
            "clock",
            Map.of(
                "LD_PRELOAD", Tools.installed().path("libfaketime"),
                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1"))) {
      life.helm()
          .upgrade(
              List.of(
                  "image.repository=registry.example.com/portcullis",
                  "podSecurityConfiguration.defaults.enforce=restricted",
                  "service.port=9443"));
      life.stream().awaitEnforced(PATIENCE);
      life.awaitRolledOut();
      for (String days : List.of("70", "100")) {
        life.phase(
            "the replicas' clock is " + days + " days ahead for 20 seconds",
            ANY,
            () -> {
              set(clock, "+" + days + "d");
              Eventually.pauseUntil(System.nanoTime() + Duration.ofSeconds(20).toNanos());
              set(clock, "+0");
              life.awaitRolledOut();
              life.stream().awaitEnforced(PATIENCE);
            });
        life.phase(
            "after " + days + " days, replicas start with the right clock",
            UNDER_WAY,
            () -> {
              life.node().replicas().getFirst().crash();
              life.stream().awaitClean(36, PATIENCE);
              life.awaitRolledOut();
            });
      }
      life.stream().awaitJobs(PATIENCE);
      life.assertFaultless();
    }
  }

  private static void set(Path clock, String offset) {
    Identity.replace(clock, offset + "\n");
  }
}

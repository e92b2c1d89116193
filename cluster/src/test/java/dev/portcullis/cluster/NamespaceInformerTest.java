package dev.portcullis.cluster;

import static dev.portcullis.cluster.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the informer does when a watch is silent, or fails in a way that nobody foresaw. */
@Timeout(60)
class NamespaceInformerTest {
  private final FakeApiServer server = new FakeApiServer();
  private ApiServer api;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server.put("shop", "baseline");
    api = ApiServer.of(server.kubeconfig(folder));
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @Test
  void theAgeCountsFromTheLastByte() {
    try (var informer = started(new NamespaceStore(), Duration.ofMinutes(1))) {
      await(() -> informer.age().toMillis() > 300);
      server.put("shop", "restricted");
      await(() -> informer.age().toMillis() < 300);
      assertThat(informer.alive()).isTrue();
    }
  }

  @Test
  void aSilentWatchIsRenewedAndGoesOnFromWhereItWas() {
    var store = new NamespaceStore();
    try (var informer = started(store, Duration.ofMillis(400))) {
      server.putUnheard("quiet", "baseline");
      await(() -> store.get("quiet") != null);
      assertThat(watches()).isGreaterThanOrEqualTo(2);
      assertThat(lists()).isEqualTo(1);
      assertThat(informer.synced()).isTrue();
    }
  }

  @Test
  void anErrorWhileAnEventIsTakenLeadsToAListAndLosesNothing() {
    var fails = new AtomicBoolean(true);
    var store =
        new NamespaceStore() {
          @Override
          void put(String name, Map<String, String> labels) {
            if (name.equals("late") && fails.getAndSet(false)) {
              throw new StackOverflowError("as if");
            }
            super.put(name, labels);
          }
        };
    try (var informer = started(store, Duration.ofMinutes(1))) {
      server.put("late", "restricted");
      await(() -> store.get("late") != null);
      server.put("later", "restricted");
      await(() -> store.get("later") != null);
      assertThat(informer.alive()).isTrue();
      assertThat(lists()).isEqualTo(2);
    }
  }

  @Test
  void anErrorWhileListingIsTriedAgain() {
    var fails = new AtomicBoolean(true);
    var store =
        new NamespaceStore() {
          @Override
          void replace(Map<String, Map<String, String>> labelsByName) {
            if (fails.getAndSet(false)) {
              throw new OutOfMemoryError("as if");
            }
            super.replace(labelsByName);
          }
        };
    try (var informer = started(store, Duration.ofMinutes(1))) {
      assertThat(store.size()).isEqualTo(1);
      assertThat(informer.alive()).isTrue();
    }
  }

  @Test
  void aThreadThatHasEndedIsNotAlive() {
    try (var informer = started(new NamespaceStore(), Duration.ofMinutes(1))) {
      var logger = Logger.getLogger(NamespaceInformer.class.getName());
      var failing = new FailingHandler();
      logger.addHandler(failing);
      try {
        server.goAway();
        await(() -> !informer.alive());
      } finally {
        logger.removeHandler(failing);
        server.comeBack();
      }
      assertThat(informer.age()).isPositive();
    }
  }

  /** Not even a complaint can be written: the end of the thread. */
  private static final class FailingHandler extends Handler {
    @Override
    public void publish(LogRecord entry) {
      throw new OutOfMemoryError("as if");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private NamespaceInformer started(NamespaceStore store, Duration silence) {
    var informer = new NamespaceInformer(api, store, silence);
    informer.start();
    await(informer::synced);
    await(server::isWatched);
    return informer;
  }

  private long watches() {
    return server.requests.stream().filter(request -> request.contains("watch=true")).count();
  }

  private long lists() {
    return server.requests.stream().filter(request -> request.contains("?limit=")).count();
  }
}

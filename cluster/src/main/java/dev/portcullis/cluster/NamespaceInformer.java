package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link NamespaceStore} as the API server has it: lists once, then watches, and lists
 * again only where a watch cannot go on.
 *
 * <p>When the API server is away it tries again for ever, with growing pauses; what is known stays.
 */
final class NamespaceInformer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NamespaceInformer.class.getName());
  private static final int PAGE = 500;
  private static final long LIST_TIMEOUT = TimeUnit.SECONDS.toNanos(30);

  /** Bookmarks come once a minute: a watch that is silent for longer hangs on a dead connection. */
  static final Duration SILENCE = Duration.ofSeconds(150);

  /** Longer than anything that the thread waits for, so that whoever is silent has ended. */
  private static final Duration DEAD = Duration.ofMinutes(5);

  private static final long WATCH_SECONDS = 300;

  /** A watch that lasted for so long was a good one: what comes after it is not a repetition. */
  private static final long SETTLED = TimeUnit.SECONDS.toNanos(5);

  /** What failed after so long has waited for an answer: its connection may be half-open. */
  private static final long HUNG = TimeUnit.SECONDS.toNanos(20);

  private static final long FIRST_PAUSE = 100;
  private static final long MAX_PAUSE = 5_000;

  private final ApiServer server;
  private final NamespaceStore store;
  private final Duration silence;
  private final Thread thread;
  private final CountDownLatch synced = new CountDownLatch(1);
  private volatile @Nullable WatchedChanges watching;
  private volatile long beat = System.nanoTime();
  private volatile boolean closed;
  private volatile long current = System.nanoTime();
  private long pause = FIRST_PAUSE;

  /** Gives up a watch on which nothing came for so long. */
  NamespaceInformer(ApiServer server, NamespaceStore store, Duration silence) {
    this.server = server;
    this.store = store;
    this.silence = silence;
    this.thread = Thread.ofPlatform().daemon().name("portcullis-namespaces").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** {@return whether the namespaces have been listed and a watch of them was taken} */
  boolean synced() {
    return synced.getCount() == 0;
  }

  void awaitSynced() throws InterruptedException {
    synced.await();
  }

  /** {@return whether the thread that follows namespaces goes on} */
  boolean alive() {
    return closed
        || thread.getState() == Thread.State.NEW
        || (thread.isAlive() && System.nanoTime() - beat < DEAD.toNanos());
  }

  /** {@return how long ago the store was last sure to be current} */
  Duration age() {
    WatchedChanges changes = watching;
    long since = changes == null ? current : changes.heard();
    return Duration.ofNanos(Math.max(0, System.nanoTime() - since));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    String version = "";
    while (!closed) {
      long began = System.nanoTime();
      beat = began;
      try {
        if (version.isEmpty()) {
          version = list();
        }
        version = watch(version);
      } catch (GoneException e) {
        version = "";
      } catch (RefusedException e) {
        // Whoever may not watch must list, or what is known would never change again.
        version = "";
        complain(e.getMessage());
      } catch (IOException | JsonException e) {
        if (System.nanoTime() - began > HUNG) {
          server.reconnect();
        }
        complain(e.getMessage());
      } catch (RuntimeException | Error e) {
        // An Error too: what is known would never change again, and nobody would see.
        complain(e.toString());
      }
      lost();
      if (System.nanoTime() - began > SETTLED) {
        pause = FIRST_PAUSE;
      }
      rest();
    }
  }

  private void complain(@Nullable String why) {
    if (!closed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "namespaces cannot be followed: {0}; {1} namespaces stay known, next try in {2} ms",
          why,
          Integer.toString(store.size()),
          Long.toString(pause));
    }
  }

  private String list() throws IOException, JsonException {
    Map<String, Map<String, String>> found = new HashMap<>();
    String continuation = "";
    while (true) {
      String path =
          "api/v1/namespaces?limit="
              + PAGE
              + (continuation.isEmpty()
                  ? ""
                  : "&continue=" + URLEncoder.encode(continuation, StandardCharsets.UTF_8));
      var list =
          new ListBody((object, page) -> {
            ObjectDecoder.Namespace namespace = ObjectDecoder.namespace(object);
            found.put(namespace.name(), namespace.labels());
            return true;
          });
      beat = System.nanoTime();
      ApiServer.Reply refusal = server.read(path, list, LIST_TIMEOUT);
      if (refusal != null) {
        ObjectDecoder.Failure failure = refusal.failure();
        if (failure.code() == 410 && !continuation.isEmpty()) {
          throw new GoneException();
        }
        throw new IOException(failure.message());
      }
      ObjectDecoder.ListPage page = ObjectDecoder.page(list.frame());
      continuation = page.continuation();
      if (continuation.isEmpty()) {
        store.replace(found);
        current = System.nanoTime();
        return page.resourceVersion();
      }
    }
  }

  /** {@return the version to go on from, after the watch came to its ordinary end} */
  private String watch(String version) throws IOException {
    var changes = new WatchedChanges(store, version);
    long seconds = WATCH_SECONDS + ThreadLocalRandom.current().nextLong(WATCH_SECONDS);
    String path =
        "api/v1/namespaces?watch=true&allowWatchBookmarks=true&resourceVersion="
            + version
            + "&timeoutSeconds="
            + seconds;
    HttpResponse<AsyncBody> response = server.stream(path, changes, LIST_TIMEOUT);
    AsyncBody body = response.body();
    if (response.code() != 200) {
      body.cancel();
      if (response.code() == 410) {
        throw new GoneException();
      }
      String message = "the API server answered the watch with status " + response.code();
      throw response.code() == 403 ? new RefusedException(message) : new IOException(message);
    }
    watching = changes;
    synced.countDown();
    body.consume();
    await(body, changes);
    Throwable failure = changes.failure();
    if (failure != null) {
      // An event was lost: only a list brings it back.
      complain("an event cannot be taken: " + failure);
      throw new GoneException();
    }
    if (changes.gone()) {
      throw new GoneException();
    }
    return changes.version();
  }

  private void await(AsyncBody body, WatchedChanges changes) throws IOException {
    long look = Math.min(TimeUnit.SECONDS.toNanos(10), silence.toNanos() / 4);
    while (true) {
      beat = System.nanoTime();
      try {
        body.done().get(look, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (System.nanoTime() - changes.heard() > silence.toNanos()) {
          body.cancel();
          server.reconnect();
          complain("nothing came for " + silence.toSeconds() + " s");
          return;
        }
      } catch (ExecutionException | CancellationException e) {
        // Cut off: what was heard so far counts, and the next watch goes on from there.
        return;
      } catch (InterruptedException e) {
        body.cancel();
        throw new IOException("stopped", e);
      }
    }
  }

  private void lost() {
    WatchedChanges changes = watching;
    if (changes != null) {
      current = changes.heard();
      watching = null;
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      // Closed: the loop will see.
    }
    pause = Math.min(pause * 2, MAX_PAUSE);
  }

  /** The API server lists, but lets us watch nothing. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** The version to go on from is too old for the API server. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}

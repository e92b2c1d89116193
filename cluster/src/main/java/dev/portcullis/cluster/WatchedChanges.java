package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonSlice;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the body of a watch, a line an event, and carries the events over to the store. */
final class WatchedChanges implements AsyncBody.Consumer<List<ByteBuffer>> {
  private static final int MAX_LINE = BoundedBody.MAX_BYTES;

  private final NamespaceStore store;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
  private volatile String version;
  private volatile boolean gone;
  private volatile long heard = System.nanoTime();
  private volatile @Nullable Throwable failure;

  WatchedChanges(NamespaceStore store, String version) {
    this.store = store;
    this.version = version;
  }

  /** {@return the newest version that was heard of} */
  String version() {
    return version;
  }

  /** {@return whether the API server no longer knows the version that the watch went on from} */
  boolean gone() {
    return gone;
  }

  /** {@return when the last bytes came, by {@link System#nanoTime}} */
  long heard() {
    return heard;
  }

  /** {@return why no more events can be taken, or null} */
  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Takes what came. A failure of any kind is kept and ends the watch: thrown here, an Error would
   * leave the body open and the watch silent.
   */
  @Override
  public void consume(List<ByteBuffer> buffers, AsyncBody body) {
    heard = System.nanoTime();
    try {
      take(buffers);
    } catch (JsonException | RuntimeException | Error e) {
      failure = e;
    }
    if (line.size() > MAX_LINE || gone || failure != null) {
      body.cancel();
    } else {
      body.consume();
    }
  }

  private void take(List<ByteBuffer> buffers) throws JsonException {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next != '\n') {
          line.write(next);
        } else {
          take(line.toByteArray());
          line.reset();
        }
      }
    }
  }

  private void take(byte[] bytes) throws JsonException {
    if (bytes.length == 0) {
      return;
    }
    ObjectDecoder.Event event = ObjectDecoder.event(JsonSlice.of(bytes));
    switch (event.type()) {
      case "ADDED", "MODIFIED" -> {
        ObjectDecoder.Namespace namespace = ObjectDecoder.namespace(event.object());
        store.put(namespace.name(), namespace.labels());
        version = namespace.resourceVersion();
      }
      case "DELETED" -> {
        ObjectDecoder.Namespace namespace = ObjectDecoder.namespace(event.object());
        store.remove(namespace.name());
        version = namespace.resourceVersion();
      }
      case "BOOKMARK" -> version = ObjectDecoder.namespace(event.object()).resourceVersion();
      // ERROR, and whatever may be invented: only a list helps.
      default -> gone = true;
    }
  }
}

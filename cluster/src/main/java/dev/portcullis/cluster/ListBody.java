package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonSlice;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, taken apart as its bytes come: each object under {@code items} is handed over
 * and forgotten, and what stands around them is kept. So a page costs as much memory as its largest
 * object, whatever its number of objects.
 *
 * <p>Only strings and brackets are looked at; whether an object is JSON finds out whoever takes it.
 */
final class ListBody implements AsyncBody.Consumer<List<ByteBuffer>> {
  /** etcd takes objects of 1.5 MiB; as JSON they may be longer. */
  private static final int MAX_OBJECT = 8 << 20;

  /** What stands around the objects: kind and metadata of the list. */
  private static final int MAX_FRAME = 64 << 10;

  private static final byte[] ITEMS = "items".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final Items items;
  private final Bytes frame = new Bytes();
  private final Bytes object = new Bytes();
  private final Bytes text = new Bytes();
  private int depth;

  /** Where in the frame the objects stood; less than zero before that is known. */
  private int itemsAt = -1;

  private boolean inString;
  private boolean escaped;
  private boolean inItems;
  private boolean ended;
  private volatile @Nullable Throwable failure;

  /** Takes the objects of a list, one after the other. */
  @FunctionalInterface
  interface Items {
    /**
     * {@return whether more are wanted}
     *
     * @param object is overwritten after the call
     * @param list what stood before the objects, as if there were none
     */
    boolean take(JsonSlice object, ListBody list) throws IOException, JsonException;
  }

  /** A buffer whose array can be looked at. */
  private static final class Bytes extends ByteArrayOutputStream {
    JsonSlice slice() {
      return new JsonSlice(buf, 0, count);
    }

    boolean is(byte[] expected) {
      return new JsonSlice(buf, 0, count).equals(JsonSlice.of(expected));
    }

    /** Gives back an array that has grown. */
    void forget(int kept) {
      if (buf.length > kept) {
        buf = new byte[kept];
      }
      count = 0;
    }
  }

  ListBody(Items items) {
    this.items = items;
  }

  @Override
  public void consume(List<ByteBuffer> pieces, AsyncBody body) {
    try {
      for (ByteBuffer piece : pieces) {
        if (!ended) {
          take(piece);
        }
      }
    } catch (IOException | JsonException | RuntimeException | Error e) {
      failure = e;
    }
    if (ended || failure != null) {
      body.cancel();
    } else {
      body.consume();
    }
  }

  /** {@return whether no more objects were wanted} */
  boolean ended() {
    return ended;
  }

  /** {@return why the list cannot be read, or null} */
  @Nullable Throwable failure() {
    return failure;
  }

  /** {@return the whole list but for its objects} */
  JsonSlice frame() {
    return frame.slice();
  }

  /** {@return the list as if it ended here, without objects: what stood before them} */
  ObjectDecoder.ListPage head() throws JsonException {
    return ObjectDecoder.page(JsonSlice.of(with(new byte[0])));
  }

  /** {@return the list as if it ended here, with these objects, between which commas stand} */
  byte[] with(byte[] objects) {
    byte[] around = frame.toByteArray();
    int at = itemsAt < 0 ? around.length : itemsAt;
    var list = new ByteArrayOutputStream(around.length + objects.length + 2);
    list.write(around, 0, at);
    list.writeBytes(objects);
    if (inItems) {
      list.writeBytes(END);
    } else {
      list.write(around, at, around.length - at);
    }
    return list.toByteArray();
  }

  private void take(ByteBuffer piece) throws IOException, JsonException {
    while (piece.hasRemaining() && !ended) {
      byte c = piece.get();
      boolean inObject = inItems && depth > 2;
      if (inString) {
        keep(c, inObject);
        string(c);
      } else {
        switch (c) {
          case '"' -> {
            keep(c, inObject);
            inString = true;
            text.reset();
          }
          case '{', '[' -> open(c);
          case '}', ']' -> close(c, inObject);
          default -> {
            // Between objects stand commas and blanks.
            if (!inItems || depth > 2) {
              keep(c, inObject);
            }
          }
        }
      }
    }
  }

  private void string(byte c) {
    if (escaped) {
      escaped = false;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      inString = false;
      return;
    }
    if (depth == 1 && text.size() <= ITEMS.length) {
      text.write(c);
    }
  }

  private void open(byte c) throws IOException {
    boolean first = c == '[' && depth == 1 && text.is(ITEMS);
    inItems |= first;
    depth++;
    keep(c, inItems && depth > 2);
    if (first) {
      itemsAt = frame.size();
    }
  }

  private void close(byte c, boolean inObject) throws IOException, JsonException {
    keep(c, inObject);
    depth--;
    if (inItems && depth == 2) {
      ended = !items.take(object.slice(), this);
      object.forget(MAX_FRAME);
    } else if (depth < 2) {
      inItems = false;
    }
  }

  private void keep(byte c, boolean inObject) throws IOException {
    Bytes bytes = inObject ? object : frame;
    if (bytes.size() >= (inObject ? MAX_OBJECT : MAX_FRAME)) {
      throw new IOException(
          inObject
              ? "the API server sent an object of more than " + MAX_OBJECT + " bytes"
              : "the API server sent a list that cannot be read");
    }
    bytes.write(c);
  }
}

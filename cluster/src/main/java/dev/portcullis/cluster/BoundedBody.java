package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonSlice;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The body of a reply about one object, or of a failure; one that is too large is cut off. */
final class BoundedBody implements AsyncBody.Consumer<List<ByteBuffer>> {
  /** More than twice the largest object that etcd takes. */
  static final int MAX_BYTES = 4 << 20;

  private byte[] bytes = new byte[4_096];
  private int size;
  private boolean tooLarge;

  @Override
  public void consume(List<ByteBuffer> pieces, AsyncBody body) {
    for (ByteBuffer piece : pieces) {
      int more = piece.remaining();
      if (more > MAX_BYTES - size) {
        tooLarge = true;
        body.cancel();
        return;
      }
      if (more > bytes.length - size) {
        bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(2 * bytes.length, size + more)));
      }
      piece.get(bytes, size, more);
      size += more;
    }
    body.consume();
  }

  boolean tooLarge() {
    return tooLarge;
  }

  JsonSlice json() {
    return new JsonSlice(bytes, 0, size);
  }
}

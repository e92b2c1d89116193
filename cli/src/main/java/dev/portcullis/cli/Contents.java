package dev.portcullis.cli;

import dev.portcullis.manifests.files.InputFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The bytes of the inputs, read once as long as they fit a budget; standard input always is. */
final class Contents {
  private static final long BUDGET = 48L << 20;

  private final List<InputFile> inputs;
  private final AtomicReferenceArray<byte[]> kept;
  private final AtomicLong left = new AtomicLong(BUDGET);

  Contents(List<InputFile> inputs) {
    this.inputs = inputs;
    this.kept = new AtomicReferenceArray<>(inputs.size());
  }

  /** {@return the content of this input}; it is kept for {@link #last} where the budget allows. */
  byte[] first(int input) throws IOException {
    byte[] known = kept.get(input);
    if (known != null) {
      return known;
    }
    byte[] bytes = inputs.get(input).read();
    if (inputs.get(input).path() == null || left.addAndGet(-bytes.length) >= 0) {
      kept.set(input, bytes);
    }
    return bytes;
  }

  /**
   * {@return the content of this input}; only that of standard input can be asked for again without
   * reading.
   */
  byte[] last(int input) throws IOException {
    InputFile asked = inputs.get(input);
    if (asked.path() == null) {
      return first(input);
    }
    byte[] known = kept.getAndSet(input, null);
    return known != null ? known : asked.read();
  }
}

package dev.portcullis.cli;

import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines without copying them; holds one line and one read at a time, whatever
 * comes.
 */
final class Lines {
  private static final int FIRST_SIZE = 1 << 18;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long NEWLINES = ONES * '\n';

  private final InputStream in;
  private final int limit;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int from;
  private int to;
  private int lastNewline = -1;
  private boolean ended;
  private boolean tooLong;

  /** Lines longer than {@code limit} bytes are passed over, and reported by {@link #tooLong}. */
  Lines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** {@return whether {@link #next} can answer without reading} */
  boolean ready() {
    return lastNewline >= from;
  }

  /** {@return whether the line that {@link #next} gave last was too long; it is then empty} */
  boolean tooLong() {
    return tooLong;
  }

  /**
   * {@return the next line without its end, valid until the next call; null at the end of the
   * stream}
   */
  @Nullable JsonSlice next() throws IOException {
    tooLong = false;
    int searched = from;
    while (true) {
      int end = newline(searched);
      if (end >= 0) {
        JsonSlice line = line(end);
        from = end + 1;
        return line;
      }
      if (ended) {
        if (from == to && !tooLong) {
          return null;
        }
        JsonSlice line = line(to);
        from = to;
        return line;
      }
      if (to - from > limit) {
        tooLong = true;
        from = to;
      }
      searched = to - from;
      fill();
      searched += from;
    }
  }

  private JsonSlice line(int end) {
    if (tooLong || end - from > limit) {
      tooLong = true;
      return new JsonSlice(buffer, from, 0);
    }
    int last = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    return new JsonSlice(buffer, from, last - from);
  }

  private int newline(int start) {
    if (start > lastNewline) {
      return -1;
    }
    int at = start;
    for (; at <= to - 8; at += 8) {
      long word = (long) WORDS.get(buffer, at) ^ NEWLINES;
      long zeros = (word - ONES) & ~word & (ONES << 7);
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      lastNewline -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      ended = true;
    } else {
      int old = to;
      to += read;
      for (int i = to - 1; i >= old && lastNewline < old; i--) {
        lastNewline = buffer[i] == '\n' ? i : lastNewline;
      }
    }
  }
}

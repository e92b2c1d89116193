package dev.portcullis.conformance.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every n-th batch: one thread makes and sends questions, the other answers them for us, reads the
 * reference's answers and compares. A few batches are under way at most.
 */
final class Lane {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Kind kind;
  private final long seed;
  private final int first;
  private final int step;
  private final long batches;
  private final Oracle oracle;
  private final Findings found;
  private final BlockingQueue<Sent> underWay = new ArrayBlockingQueue<>(4);
  private final Map<Deviations, Long> deviations = new EnumMap<>(Deviations.class);
  private final Ours ours = new Ours();
  private long cases;
  private long differences;
  private long ourNanos;

  /** A batch on its way; without one, the writer has failed. */
  private record Sent(@Nullable Batch batch, long index, List<Line> lines) {}

  Lane(Kind kind, long seed, int first, int step, long batches, Oracle oracle, Findings found) {
    this.kind = kind;
    this.seed = seed;
    this.first = first;
    this.step = step;
    this.batches = batches;
    this.oracle = oracle;
    this.found = found;
  }

  @Nullable Void write() throws InterruptedException {
    try {
      for (long index = first; index < batches; index += step) {
        Batch batch = kind.batch(seed, index);
        var lines = new ArrayList<Line>(batch.questions().size());
        var bytes = new ByteArrayOutputStream(1 << 16);
        if (batch.setup() != null) {
          send(new Question(batch.setup()).line(), bytes);
        }
        for (Question question : batch.questions()) {
          Line line = question.line();
          lines.add(line);
          send(line, bytes);
        }
        underWay.put(new Sent(batch, index, lines));
        oracle.send(bytes.toByteArray());
      }
    } catch (IOException | RuntimeException e) {
      underWay.put(new Sent(null, -1, List.of()));
      throw new IllegalStateException("asking " + kind.title() + " failed", e);
    }
    return null;
  }

  private static void send(Line line, ByteArrayOutputStream bytes) {
    bytes.write(line.bytes(), 0, line.bytes().length);
    bytes.write('\n');
  }

  Tally read() throws IOException, InterruptedException {
    for (long index = first; index < batches; index += step) {
      Sent sent = underWay.take();
      Batch batch = sent.batch();
      if (batch == null) {
        throw new IOException("no more questions");
      }
      compare(batch, sent);
    }
    return new Tally(kind.title(), cases, differences, deviations, 0, ourNanos, 0);
  }

  private void compare(Batch batch, Sent sent) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    if (batch.setup() != null) {
      ours.setUp(batch.setup());
    }
    var own = new ArrayList<byte[]>(batch.questions().size());
    for (int i = 0; i < batch.questions().size(); i++) {
      String answer = ours.answer(batch.questions().get(i), sent.lines().get(i));
      own.add(answer.getBytes(StandardCharsets.UTF_8));
    }
    ourNanos += THREADS.getCurrentThreadCpuTime() - start;
    if (batch.setup() != null) {
      String answer = new String(oracle.answer(), StandardCharsets.UTF_8);
      if (answer.contains("\"error\"")) {
        throw new IOException(
            "the oracle refuses the set-up of batch " + sent.index() + ": " + answer);
      }
    }
    for (int i = 0; i < own.size(); i++) {
      byte[] reference = oracle.answer();
      cases++;
      if (Arrays.equals(reference, own.get(i))) {
        continue;
      }
      var agreement =
          Deviations.between(
              batch.questions().get(i), text(reference), text(own.get(i)), kind.hasUnreadFaults());
      if (agreement == null) {
        differences++;
        found.add(kind, seed, sent.index() * kind.size() + i);
      } else if (agreement != Deviations.NONE) {
        deviations.merge(agreement, 1L, Long::sum);
      }
    }
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}

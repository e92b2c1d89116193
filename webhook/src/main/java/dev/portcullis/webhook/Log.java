package dev.portcullis.webhook;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The log of a server: lines go into a bounded queue and a thread of its own writes them, so that a
 * slow reader of the log holds up no request. Lines that find the queue full are counted and lost.
 */
public final class Log implements AutoCloseable {
  private static final int MOST_WAITING = 8_192;
  private static final long REST_MILLIS = 5;

  private final LogFormat format;
  private final Clock clock;
  private final PrintStream out;
  private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder lost = new LongAdder();
  private final Thread writer;
  private volatile boolean closed;

  /** Writes to {@code out}. */
  public Log(LogFormat format, PrintStream out) {
    this(format, out, Clock.systemUTC());
  }

  Log(LogFormat format, PrintStream out, Clock clock) {
    this.format = format;
    this.clock = clock;
    this.out = out;
    this.writer = Thread.ofPlatform().daemon().name("portcullis-log").start(this::write);
  }

  LogLine line(String level, String message) {
    return LogLine.of(format, clock.instant(), level, message);
  }

  void add(LogLine line) {
    if (!waiting.offer(line.end())) {
      lost.increment();
    }
  }

  long lost() {
    return lost.sum();
  }

  /** Writes what is waiting, for a second at most. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    var batch = new StringBuilder();
    while (true) {
      try {
        String line = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (line == null) {
          if (closed) {
            return;
          }
          continue;
        }
        do {
          batch.append(line);
          line = waiting.poll();
        } while (line != null && batch.length() < 1 << 16);
        byte[] bytes =
            batch.append(line == null ? "" : line).toString().getBytes(StandardCharsets.UTF_8);
        batch.setLength(0);
        out.write(bytes, 0, bytes.length);
        out.flush();
        // Whoever adds a line wakes a writer that waits; one that rests takes many lines at once.
        Thread.sleep(REST_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}

package dev.portcullis.webhook;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log of a server: lines wait as bytes, up to a limit, and a thread of its own writes them, so
 * that a slow reader of the log holds up no request. Lines that find no room are counted and lost.
 */
public final class Log implements AutoCloseable {
  /** How many bytes may wait: some thousand lines, few enough to be no weight in memory. */
  private static final int MOST_WAITING = 4 << 20;

  /** Buffers that have grown past this are not kept. */
  private static final int KEPT = 256 << 10;

  private static final byte[] NOTHING = {};
  private static final long REST_MILLIS = 5;

  private final LogFormat format;
  private final Clock clock;
  private final PrintStream out;
  private final LongAdder lost = new LongAdder();
  private final Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private byte[] waiting = NOTHING;
  private int length;
  private boolean closed;

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

  /** Adds a line for people: {@code level} is {@code info}, {@code warn} or {@code error}. */
  public void say(String level, String message) {
    add(line(level, message));
  }

  LogLine line(String level, String message) {
    return LogLine.of(format, clock.instant(), level, message);
  }

  void add(LogLine line) {
    byte[] bytes = line.end().getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      int end = length + bytes.length;
      if (end > MOST_WAITING) {
        lost.increment();
        return;
      }
      if (end > waiting.length) {
        waiting = Arrays.copyOf(waiting, Math.max(end, Math.min(2 * end, MOST_WAITING)));
      }
      System.arraycopy(bytes, 0, waiting, length, bytes.length);
      length = end;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  long lost() {
    return lost.sum();
  }

  /** Writes what is waiting, for a second at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    byte[] empty = NOTHING;
    try {
      while (true) {
        byte[] batch;
        int count;
        lock.lock();
        try {
          while (length == 0) {
            if (closed) {
              return;
            }
            changed.await();
          }
          batch = waiting;
          count = length;
          waiting = empty;
          length = 0;
        } finally {
          lock.unlock();
        }
        out.write(batch, 0, count);
        out.flush();
        empty = batch.length > KEPT ? NOTHING : batch;
        // Whoever adds a line wakes a writer that waits; one that rests takes many lines at once.
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

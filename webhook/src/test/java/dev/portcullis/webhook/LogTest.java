package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void whatWaitsIsWrittenInItsOrderBeforeTheEnd() {
    var written = new ByteArrayOutputStream();
    var expected = new StringBuilder();
    try (var log = new Log(LogFormat.TEXT, stream(written), NOON)) {
      for (int i = 0; i < 5_000; i++) {
        log.add(log.line("info", "n\u00e9 " + i));
        expected.append("time=2026-01-02T12:00:00Z level=info message=\"n\u00e9 " + i + "\"\n");
      }
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
  }

  @Test
  void aSlowReaderLosesLinesAndHoldsUpNobody() {
    var reads = new CountDownLatch(1);
    var written = new ByteArrayOutputStream();
    String text = "x".repeat(2_048);
    long lost;
    try (var log = new Log(LogFormat.JSON, stream(after(reads, written)), NOON)) {
      for (int i = 0; i < 10_000; i++) {
        log.add(log.line("info", text));
      }
      lost = log.lost();
      reads.countDown();
    }
    String all = written.toString(StandardCharsets.UTF_8);
    assertThat(lost).isBetween(5_000L, 8_200L);
    assertThat(all.lines().count()).isEqualTo(10_000 - lost);
    assertThat(all.lines())
        .containsOnly(
            "{\"time\":\"2026-01-02T12:00:00Z\",\"level\":\"info\",\"message\":\"" + text + "\"}");
  }

  @Test
  void noLineIsLongerThanItsBound() {
    String huge = "\u001b\"x".repeat(1_000_000);
    LogLine line = LogLine.of(LogFormat.JSON, Instant.EPOCH, "warn", huge);
    for (String key : List.of("uid", "namespace", "kind", "name", "owner", "user", "operation")) {
      line.with(key, huge);
    }
    line.with("checks", Collections.nCopies(10_000, "check")).with("fields", List.of(huge, huge));
    String text = line.end();
    assertThat(text.length()).isLessThan(32 * 1024);
    assertThat(text)
        .contains(
            "\"checks\":[\"check\"", "\"... (8976 more)\"]", "... (2999319 more characters)\"]}");
    assertThat(text.lines()).hasSize(1);
    LogLine plain = LogLine.of(LogFormat.TEXT, Instant.EPOCH, "warn", "x".repeat(1_000_000));
    assertThat(plain.with("fields", List.of("y".repeat(1_000_000))).end().length())
        .isLessThan(12 * 1024);
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  /** Takes nothing before {@code reads} is down. */
  private static OutputStream after(CountDownLatch reads, ByteArrayOutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) {
        try {
          reads.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        out.write(bytes, from, count);
      }
    };
  }
}

package dev.portcullis.conformance.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A running reference: lines in, lines out, in the same order. */
public final class Oracle implements AutoCloseable {
  private final Process process;
  private final OutputStream questions;
  private final InputStream answers;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
  private final byte[] buffer = new byte[1 << 17];
  private int at;
  private int end;

  /** Starts the program. */
  public Oracle(Path program) throws IOException {
    var builder = new ProcessBuilder(program.toString(), "-p", "1");
    // It makes much garbage and keeps little.
    builder.environment().putIfAbsent("GOGC", "800");
    builder.environment().putIfAbsent("GOMAXPROCS", "2");
    this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.questions = process.getOutputStream();
    this.answers = process.getInputStream();
  }

  /** Sends lines with their ends; another thread must be reading when they are many. */
  public void send(byte[] lines) throws IOException {
    questions.write(lines);
    questions.flush();
  }

  /** {@return the next answer} */
  public byte[] answer() throws IOException {
    line.reset();
    while (true) {
      for (int i = at; i < end; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, at, i - at);
          at = i + 1;
          return line.toByteArray();
        }
      }
      line.write(buffer, at, end - at);
      at = 0;
      end = answers.read(buffer);
      if (end < 0) {
        end = 0;
        throw new IOException("the oracle ended before it answered");
      }
    }
  }

  /** {@return the answer to one question, when no other is under way} */
  public String ask(Question question) throws IOException {
    send(question.line().bytes());
    send(new byte[] {'\n'});
    return new String(answer(), StandardCharsets.UTF_8);
  }

  /** {@return the processor time it has used so far} */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends it. */
  @Override
  public void close() throws IOException {
    questions.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

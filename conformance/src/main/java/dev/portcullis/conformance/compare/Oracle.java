package dev.portcullis.conformance.compare;

import java.io.BufferedInputStream;
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

  /** Starts the program. */
  public Oracle(Path program) throws IOException {
    var builder = new ProcessBuilder(program.toString(), "-p", "1");
    // It makes much garbage and keeps little.
    builder.environment().putIfAbsent("GOGC", "800");
    builder.environment().putIfAbsent("GOMAXPROCS", "2");
    this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.questions = process.getOutputStream();
    this.answers = new BufferedInputStream(process.getInputStream(), 1 << 18);
  }

  /** Sends lines with their ends; another thread must be reading when they are many. */
  public void send(byte[] lines) throws IOException {
    questions.write(lines);
    questions.flush();
  }

  /** {@return the next answer} */
  public byte[] answer() throws IOException {
    line.reset();
    int c;
    while ((c = answers.read()) != '\n') {
      if (c < 0) {
        throw new IOException("the oracle ended before it answered");
      }
      line.write(c);
    }
    return line.toByteArray();
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

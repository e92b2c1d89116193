package dev.portcullis.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code portcullis serve} as a process of its own, started as people start it. */
final class ServeProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final int operatorPort;

  private ServeProcess(Process process) throws IOException {
    this.process = process;
    // Not to be closed: the process would meet a broken pipe.
    @SuppressWarnings("resource")
    var out = process.inputReader();
    this.port = number(out.readLine(), "/validate");
    this.operatorPort = number(out.readLine(), "");
  }

  /** Starts it for the namespaces of a file; it logs to {@code log}. */
  static ServeProcess start(Path manifests, Path log) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of("..", "portcullis").toRealPath().toString(),
            "serve",
            "--cluster",
            manifests.toString(),
            "--port=0",
            "--metrics-port=0",
            "--log-format=text");
    builder.environment().put("PORTCULLIS_NO_BUILD", "1");
    builder.redirectError(log.toFile());
    return new ServeProcess(builder.start());
  }

  private static int number(String line, String end) {
    if (line == null || !line.endsWith(end)) {
      throw new IllegalStateException("serve did not start, it said: " + line);
    }
    String url = line.substring(0, line.length() - end.length());
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  int port() {
    return port;
  }

  int operatorPort() {
    return operatorPort;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@return its resident memory in MB of a million bytes} */
  int residentMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return (int) (Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1_000_000);
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return how long a stop took in milliseconds, at most a minute} */
  long stop() throws InterruptedException {
    long began = System.nanoTime();
    process.destroy();
    process.waitFor(60, TimeUnit.SECONDS);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

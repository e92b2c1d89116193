package dev.portcullis.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs that {@code e2e/install-tools} brings. */
record Tools(Path folder) {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /**
   * Runs {@code e2e/install-tools}, which is quick once they are there, and says where they are.
   */
  static Tools installed() {
    return Once.TOOLS;
  }

  /** {@return the module's folder, {@code e2e}} */
  static Path module() {
    return MODULE;
  }

  /** {@return the checkout's folder} */
  static Path checkout() {
    return MODULE.resolveSibling("").normalize();
  }

  String path(String tool) {
    Path found = folder.resolve(tool);
    if (!Files.isReadable(found)) {
      throw new IllegalStateException(found + " is missing; run e2e/install-tools " + tool);
    }
    return found.toString();
  }

  private static Tools install() {
    try {
      Process process = new ProcessBuilder(MODULE.resolve("install-tools").toString()).start();
      var progress = Thread.ofVirtual().start(() -> relay(process));
      String folder = "";
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          folder = line;
        }
      }
      progress.join();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "e2e/install-tools failed (exit code "
                + process.exitValue()
                + "); see its lines above");
      }
      return new Tools(Path.of(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the tools were installed", e);
    }
  }

  private static void relay(Process process) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(System.err::println);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Once for all suites of one run. The work is done outside: a thread of it must not wait for this
   * class.
   */
  private static final class Once {
    static final Tools TOOLS = install();
  }
}

package dev.portcullis.conformance;

import java.io.IOException;

/** Entry point of {@code conformance/run}. */
public final class Main {
  private Main() {}

  /** Runs, and exits 0 when all answers are equal, 1 when some differ, 2 when it cannot run. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    try {
      var options = Options.parse(args);
      return new Run(options, System.out).go() ? 0 : 1;
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("conformance: " + e.getMessage());
      return 2;
    }
  }
}

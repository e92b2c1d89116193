package dev.portcullis.conformance;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked for.
 *
 * @param pods how many pods to judge
 * @param requests how many admission requests to review
 * @param seed of the first part; each further part has its own, which follows from it
 * @param oracle the reference's program
 * @param fixtures the reference's own pods as JSON lines; null to leave them out
 * @param report the folder for REPORT.md and REPORT.json; null for none
 * @param progress the file that remembers finished parts, so that a run can go on later; null to
 *     start afresh
 * @param lanes how many oracles run side by side
 * @param only the one case to show instead: {@code kind:index}; null for all
 */
record Options(
    long pods,
    long requests,
    long seed,
    Path oracle,
    @Nullable Path fixtures,
    @Nullable Path report,
    @Nullable Path progress,
    int lanes,
    @Nullable String only) {
  static final String USAGE =
      "usage: conformance/run [--pods N] [--requests N] [--seed S] [--case KIND:INDEX]"
          + " [--resume FILE] [--lanes N] [--cluster KUBECONFIG]";

  /** {@return the options}; {@link IllegalArgumentException} where they are none. */
  static Options parse(String[] args) {
    long pods = 100_000;
    long requests = 20_000;
    long seed = System.nanoTime() & 0xFFFF_FFFFL;
    int lanes = Runtime.getRuntime().availableProcessors();
    Path oracle = null;
    Path fixtures = null;
    Path report = null;
    Path progress = null;
    String only = null;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value\n" + USAGE);
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--pods" -> pods = number(args[i], value);
        case "--requests" -> requests = number(args[i], value);
        case "--seed" -> seed = number(args[i], value);
        case "--lanes" -> lanes = Math.max(1, (int) number(args[i], value));
        case "--oracle" -> oracle = Path.of(value);
        case "--fixtures" -> fixtures = Path.of(value);
        case "--report" -> report = Path.of(value);
        case "--resume" -> progress = Path.of(value);
        case "--case" -> only = value;
        default -> throw new IllegalArgumentException("unknown option " + args[i] + "\n" + USAGE);
      }
    }
    if (oracle == null) {
      throw new IllegalArgumentException("start it with conformance/run, which builds the oracle");
    }
    return new Options(pods, requests, seed, oracle, fixtures, report, progress, lanes, only);
  }

  private static long number(String option, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(option + " needs a whole number, not " + value);
  }
}

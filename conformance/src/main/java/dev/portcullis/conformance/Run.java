package dev.portcullis.conformance;

import dev.portcullis.conformance.compare.Difference;
import dev.portcullis.conformance.compare.Findings;
import dev.portcullis.conformance.compare.Fixtures;
import dev.portcullis.conformance.compare.Kind;
import dev.portcullis.conformance.compare.Oracle;
import dev.portcullis.conformance.compare.Phase;
import dev.portcullis.conformance.compare.Single;
import dev.portcullis.conformance.compare.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole run: all kinds, part by part, then the report. */
final class Run {
  /** So many pods are one part: what a resumed run may have to do again. */
  private static final long PART = 100_000;

  private static final int SHOWN = 5;

  private final Options options;
  private final PrintStream out;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();

  Run(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** {@return whether all answers are equal} */
  boolean go() throws IOException {
    if (options.only() != null) {
      return showOne(options.only());
    }
    var progress = Progress.read(options.progress());
    long start = System.nanoTime();
    List<Oracle> oracles = new ArrayList<>();
    try {
      for (int i = 0; i < options.lanes(); i++) {
        oracles.add(new Oracle(options.oracle()));
      }
      if (options.fixtures() != null) {
        var fixtures = new Fixtures(options.fixtures());
        add(fixtures.run(oracles.getFirst(), differences::add));
      }
      parts(oracles, progress);
    } finally {
      for (Oracle oracle : oracles) {
        oracle.close();
      }
    }
    var report = new Report(options, List.copyOf(tallies.values()), differences);
    out.print(report.table());
    out.printf("%nseed %d, %.0f s%n", options.seed(), (System.nanoTime() - start) / 1e9);
    differences.forEach(difference -> out.println("\n" + difference));
    if (options.report() != null) {
      report.write(options.report());
    }
    return report.differences() == 0;
  }

  private void parts(List<Oracle> oracles, Progress progress) throws IOException {
    long parts = Math.max(1, Math.ceilDiv(options.pods(), PART));
    for (int part = 0; part < parts; part++) {
      long seed = options.seed() + part;
      for (Kind kind : Kind.values()) {
        long cases = share(kind.share(options.pods(), options.requests()), part, parts);
        if (cases == 0) {
          continue;
        }
        Tally tally = progress.finished(kind, seed, cases);
        if (tally == null) {
          tally = run(kind, seed, cases, oracles);
          progress.finish(kind, seed, cases, tally);
        }
        add(tally);
      }
      if (parts > 1) {
        long total = tallies.values().stream().mapToLong(Tally::cases).sum();
        out.printf("part %d of %d, seed %d: %,d cases so far%n", part + 1, parts, seed, total);
      }
    }
  }

  private static long share(long all, int part, long parts) {
    return all * (part + 1) / parts - all * part / parts;
  }

  private Tally run(Kind kind, long seed, long cases, List<Oracle> oracles) throws IOException {
    var found = new Findings(SHOWN);
    Tally tally = new Phase(kind, seed, cases).run(oracles, found);
    for (Findings.Finding finding : found.kept()) {
      if (differences.size() < 4 * SHOWN) {
        differences.add(new Single(finding, oracles.getFirst()).shrunk());
      }
    }
    return tally;
  }

  private void add(Tally tally) {
    tallies.merge(tally.title(), tally, Tally::plus);
  }

  private boolean showOne(String text) throws IOException {
    int colon = text.lastIndexOf(':');
    try (var oracle = new Oracle(options.oracle())) {
      for (Kind kind : Kind.values()) {
        if (colon > 0 && kind.title().equals(text.substring(0, colon))) {
          long index = Long.parseLong(text.substring(colon + 1));
          var finding = new Findings.Finding(kind, options.seed(), index);
          var single = new Single(finding, oracle);
          boolean equal = single.agrees();
          out.println(equal ? single.whole() : single.shrunk());
          out.println(equal ? "equal" : "different");
          return equal;
        }
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no index in --case " + text, e);
    }
    throw new IllegalArgumentException("no such kind in --case " + text);
  }
}

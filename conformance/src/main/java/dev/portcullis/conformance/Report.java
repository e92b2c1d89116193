package dev.portcullis.conformance;

import dev.portcullis.conformance.compare.Deviations;
import dev.portcullis.conformance.compare.Difference;
import dev.portcullis.conformance.compare.Tally;
import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run found, for people and for programs.
 *
 * @param options of the run
 * @param tallies a kind of case each
 * @param found the first differences
 */
record Report(Options options, List<Tally> tallies, List<Difference> found) {
  Report {
    tallies = List.copyOf(tallies);
    found = List.copyOf(found);
  }

  long differences() {
    return tallies.stream().mapToLong(Tally::differences).sum();
  }

  /** {@return the table for a terminal} */
  String table() {
    var out = new StringBuilder();
    row(out, "case", "cases", "differences", "reference/s", "portcullis/s", "both/s");
    for (Tally tally : tallies) {
      row(
          out,
          tally.title(),
          grouped(tally.cases()),
          grouped(tally.differences()),
          grouped(tally.oracleRate()),
          grouped(tally.ourRate()),
          grouped(tally.wallRate()));
    }
    row(out, "all", grouped(cases()), grouped(differences()), "", "", "");
    deviations()
        .forEach((which, n) -> out.append(String.format("%n%,14d  %s", n, which.meaning())));
    out.append(deviations().isEmpty() ? "" : "\n");
    return out.toString();
  }

  private long cases() {
    return tallies.stream().mapToLong(Tally::cases).sum();
  }

  private static void row(StringBuilder out, String kind, String... numbers) {
    out.append(String.format("%-24s", kind));
    for (String number : numbers) {
      out.append(String.format("%14s", number));
    }
    out.append('\n');
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Writes REPORT.md and REPORT.json into the folder. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("REPORT.md"), markdown());
    Files.writeString(folder.resolve("REPORT.json"), json() + "\n");
  }

  private String markdown() {
    var out = new StringBuilder();
    out.append("# Conformance with the Go reference\n\n")
        .append("`conformance/run --pods ")
        .append(options.pods())
        .append(" --requests ")
        .append(options.requests())
        .append(" --seed ")
        .append(options.seed())
        .append("` put ")
        .append(grouped(cases()))
        .append(" cases to Portcullis and to `")
        .append(reference())
        .append("` and found ")
        .append(differences() == 0 ? "no difference" : grouped(differences()) + " differences")
        .append(".\n\nRates are cases in a second of processor time of each side; both: in a")
        .append(" second that passed, generating and comparing included. A pod is judged at four")
        .append(" levels and versions.\n\n")
        .append("| case | cases | differences | reference/s | portcullis/s | both/s |\n")
        .append("|---|---:|---:|---:|---:|---:|\n");
    for (Tally t : tallies) {
      out.append("| ").append(t.title());
      for (long number :
          new long[] {t.cases(), t.differences(), t.oracleRate(), t.ourRate(), t.wallRate()}) {
        out.append(" | ").append(grouped(number));
      }
      out.append(" |\n");
    }
    out.append(
        "\nAnswers that differ on purpose, as [deviations.md](../docs/deviations.md) says:\n\n");
    deviations()
        .forEach((which, n) ->
            out.append("- ")
                .append(grouped(n))
                .append(" times: ")
                .append(which.meaning())
                .append('\n'));
    for (Difference difference : found) {
      out.append("\n```\n").append(difference).append("```\n");
    }
    return out.toString();
  }

  private String json() {
    var kinds = new Arr();
    for (Tally t : tallies) {
      kinds.add(
          new Obj()
              .put("kind", Json.text(t.title()))
              .put("cases", Json.number(t.cases()))
              .put("differences", Json.number(t.differences()))
              .put("referenceNanos", Json.number(t.oracleNanos()))
              .put("portcullisNanos", Json.number(t.ourNanos()))
              .put("wallNanos", Json.number(t.wallNanos())));
    }
    var deviations = new Obj();
    deviations().forEach((which, n) -> deviations.put(word(which), Json.number(n)));
    var differences = new Arr();
    for (Difference difference : found) {
      differences.add(
          new Obj()
              .put("where", Json.text(difference.where()))
              .put("question", Json.text(difference.question()))
              .put("reference", Json.text(difference.oracle()))
              .put("portcullis", Json.text(difference.ours())));
    }
    return GoJson.print(
        new Obj()
            .put("reference", Json.text(reference()))
            .put("pods", Json.number(options.pods()))
            .put("requests", Json.number(options.requests()))
            .put("seed", Json.number(options.seed()))
            .put("cases", Json.number(cases()))
            .put("differences", Json.number(differences()))
            .put("kinds", kinds)
            .put("deviations", deviations)
            .put("firstDifferences", differences));
  }

  private Map<Deviations, Long> deviations() {
    Map<Deviations, Long> all = new EnumMap<>(Deviations.class);
    for (Tally tally : tallies) {
      tally.deviations().forEach((which, n) -> all.merge(which, n, Long::sum));
    }
    return all;
  }

  private static String reference() {
    return System.getProperty("reference", "k8s.io/pod-security-admission");
  }

  private static String word(Deviations deviation) {
    return deviation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

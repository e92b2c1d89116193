package dev.portcullis.report.format;

import dev.portcullis.policy.Mode;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Plural;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Summary;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The last lines of the report for people: the counts, and where to read how to comply. */
final class TextSummary {
  private final Ink ink;

  TextSummary(Ink ink) {
    this.ink = ink;
  }

  void render(Report report, Writer out) throws IOException {
    Summary summary = report.summary();
    int violating = 0;
    for (Result result : report.results()) {
      for (ModeVerdict verdict : result.verdicts()) {
        violating += verdict.mode() == Mode.ENFORCE && !verdict.allowed() ? 1 : 0;
      }
    }
    int warned = summary.violating() - violating;
    var line = new StringBuilder();
    line.append(Plural.of(summary.workloads(), "workload"))
        .append(" in ")
        .append(Plural.of(summary.files(), "file"))
        .append(": ");
    line.append(
        violating == 0
            ? "none violates its policy"
            : violating == 1 ? "1 violates its policy" : violating + " violate their policy");
    append(
        line, warned, warned == 1 ? " violates only audit or warn" : " violate only audit or warn");
    append(line, summary.allowed(), summary.allowed() == 1 ? " passes" : " pass");
    append(line, summary.exempt(), summary.exempt() == 1 ? " is exempt" : " are exempt");
    line.append(". ")
        .append(summary.skipped())
        .append(" skipped, ")
        .append(Plural.of(summary.errors(), "error"))
        .append('.');
    out.append(paint(line.toString(), violating, warned + summary.errors())).append('\n');
    if (summary.known() > 0) {
      int all = 0;
      for (Mode mode : Mode.values()) {
        all += summary.violations(mode);
      }
      out.append(
          summary.known() + " of " + Plural.of(all, "violation") + " known from the baseline.\n");
    }
    if (summary.suppressed() > 0) {
      out.append(Plural.of(summary.suppressed(), "violation"))
          .append(" suppressed by annotation.\n");
    }
    hints(report, out);
  }

  private void hints(Report report, Writer out) throws IOException {
    Map<String, Integer> workloads = new TreeMap<>();
    for (Result result : report.results()) {
      for (String check : newChecks(result)) {
        workloads.merge(check, 1, Integer::sum);
      }
    }
    if (workloads.isEmpty()) {
      return;
    }
    int width = workloads.keySet().stream().mapToInt(String::length).max().orElse(0);
    out.append('\n').append(ink.bold("How to comply")).append('\n');
    for (var entry : workloads.entrySet()) {
      String pad = " ".repeat(width - entry.getKey().length() + 2);
      out.append("  portcullis explain ").append(entry.getKey()).append(pad);
      out.append(ink.faint(Plural.of(entry.getValue(), "workload"))).append('\n');
    }
  }

  private static Set<String> newChecks(Result result) {
    Set<String> checks = new HashSet<>();
    for (ModeVerdict verdict : result.verdicts()) {
      for (Violation violation : verdict.violations()) {
        if (violation.counts()) {
          checks.add(violation.check());
        }
      }
    }
    return checks;
  }

  private String paint(String line, int violating, int doubts) {
    return violating > 0 ? ink.red(line) : doubts > 0 ? ink.yellow(line) : ink.green(line);
  }

  private static void append(StringBuilder line, int count, String text) {
    if (count > 0) {
      line.append(", ").append(count).append(text);
    }
  }
}

package dev.portcullis.report.format;

import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Summary;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for a pull request's comment or a job's summary. */
public final class MarkdownReport implements Renderer {
  /** Has nothing to choose. */
  public MarkdownReport() {}

  @Override
  public void render(Report report, Writer out) throws IOException {
    Summary summary = report.summary();
    out.append("## Pod Security\n\n");
    out.append(
        "| Workloads | Pass | Violate | Exempt | Skipped | Errors |\n"
            + "|---:|---:|---:|---:|---:|---:|\n");
    out.append(
        "| "
            + summary.workloads()
            + " | "
            + summary.allowed()
            + " | "
            + summary.violating()
            + " | ");
    out.append(summary.exempt() + " | " + summary.skipped() + " | " + summary.errors() + " |\n");
    if (summary.known() > 0) {
      out.append(
          "\n" + summary.known() + " violations are known from the baseline and not listed.\n");
    }
    String file = null;
    for (Result result : report.results()) {
      if (result.verdicts().stream().anyMatch(ModeVerdict::hasNews)) {
        if (!result.file().equals(file)) {
          file = result.file();
          out.append("\n### ").append(Markdown.code(file)).append('\n');
        }
        result(out, result);
      }
    }
    list(
        out,
        "Skipped",
        report.skipped().stream()
            .map(skipped ->
                Markdown.code(skipped.file() + ":" + skipped.line())
                    + ": "
                    + Markdown.escape(skipped.reason()))
            .toList());
    list(
        out,
        "Errors",
        report.errors().stream().map(error -> Markdown.escape(error.toString())).toList());
  }

  private static void result(Writer out, Result result) throws IOException {
    Map<LevelVersion, List<ModeVerdict>> groups = new LinkedHashMap<>();
    for (ModeVerdict verdict : result.verdicts()) {
      if (verdict.hasNews()) {
        groups.computeIfAbsent(verdict.at(), at -> new ArrayList<>()).add(verdict);
      }
    }
    for (List<ModeVerdict> group : groups.values()) {
      ModeVerdict verdict = group.getFirst();
      List<String> modes = group.stream().map(ModeVerdict::mode).map(Mode::toString).toList();
      out.append("\n**")
          .append(Markdown.escape(result.title()))
          .append("**, ")
          .append(Markdown.code(verdict.at().toString()));
      out.append(" (")
          .append(String.join(", ", modes))
          .append(")\n\n| Line | Check | Violation |\n|---:|---|---|\n");
      for (Violation violation : verdict.violations()) {
        if (!violation.known()) {
          out.append("| " + violation.places().getFirst().line() + " | ")
              .append(Markdown.code(violation.check()));
          out.append(" | ").append(Markdown.escape(violation.message())).append(" |\n");
        }
      }
    }
  }

  private static void list(Writer out, String title, List<String> items) throws IOException {
    if (!items.isEmpty()) {
      out.append("\n### ").append(title).append("\n\n");
      for (String item : items) {
        out.append("- ").append(item).append('\n');
      }
    }
  }
}

package dev.portcullis.report.format;

import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Plural;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Summary;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report for a pull request's comment or a job's summary, cut to what GitHub takes: it says
 * what was left out.
 */
public final class MarkdownReport implements Renderer {
  /** The most bytes of a comment. Source: GitHub's limit of 65,536 characters. */
  public static final int MAX_COMMENT = 65_536;

  /** The most bytes of a step's summary. Source: GitHub's limit of 1 MiB. */
  public static final int MAX_SUMMARY = 1_048_576;

  /** Kept free for the sentence on what was left out. */
  private static final int RESERVE = 300;

  private final int limit;

  /** A report of at most so many bytes in UTF-8. */
  public MarkdownReport(int limit) {
    this.limit = limit;
  }

  @Override
  public void render(Report report, Writer out) throws IOException {
    var text = new Bounded(out, limit - RESERVE);
    text.add(head(report.summary()));
    String file = null;
    int left = 0;
    for (Result result : report.results()) {
      if (result.verdicts().stream().anyMatch(ModeVerdict::hasNews)) {
        var block = new StringBuilder();
        if (!result.file().equals(file)) {
          block.append("\n### ").append(Markdown.code(result.file())).append('\n');
        }
        result(block, result);
        if (text.add(block.toString())) {
          file = result.file();
        } else {
          left++;
        }
      }
    }
    int more = list(text, "Suppressed", suppressed(report));
    more +=
        list(
            text,
            "Skipped",
            report.skipped().stream()
                .map(skipped ->
                    Markdown.code(skipped.file() + ":" + skipped.line())
                        + ": "
                        + Markdown.escape(skipped.reason()))
                .toList());
    more +=
        list(
            text,
            "Notes",
            report.notes().stream().map(note -> Markdown.escape(note.toString())).toList());
    more +=
        list(
            text,
            "Errors",
            report.errors().stream().map(error -> Markdown.escape(error.toString())).toList());
    if (left + more > 0) {
      out.append("\n**Left out, because GitHub takes at most ")
          .append(String.valueOf(limit))
          .append(" characters here:** ")
          .append(Plural.of(left, "workload"))
          .append(" that violate their policy and ")
          .append(Plural.of(more, "other line"))
          .append(".\n");
    }
  }

  private static List<String> suppressed(Report report) {
    return report.suppressed().stream()
        .map(line ->
            Markdown.code(line.result().file() + ":" + line.line())
                + ": "
                + Markdown.escape(line.result().title())
                + ", "
                + Markdown.code(line.check())
                + ": "
                + Markdown.escape(line.reason()))
        .toList();
  }

  /** Takes whole pieces of text while they fit. */
  private static final class Bounded {
    private final Writer out;
    private long left;

    Bounded(Writer out, long limit) {
      this.out = out;
      this.left = limit;
    }

    boolean add(String text) throws IOException {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      out.append(text);
      return true;
    }
  }

  private static String head(Summary summary) {
    String known =
        summary.known() == 0
            ? ""
            : "\n" + summary.known() + " violations are known from the baseline and not listed.\n";
    return """
    ## Pod Security

    | Workloads | Pass | Violate | Exempt | Skipped | Errors |
    |---:|---:|---:|---:|---:|---:|
    | %d | %d | %d | %d | %d | %d |
    """
            .formatted(
                summary.workloads(),
                summary.allowed(),
                summary.violating(),
                summary.exempt(),
                summary.skipped(),
                summary.errors())
        + known;
  }

  private static void result(StringBuilder out, Result result) {
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
        if (violation.counts()) {
          int line = violation.places().getFirst().line();
          out.append("| " + (line == 0 ? "" : line) + " | ")
              .append(Markdown.code(violation.check()));
          out.append(" | ").append(Markdown.escape(violation.message())).append(" |\n");
        }
      }
    }
  }

  /** {@return how many items did not fit} */
  private static int list(Bounded out, String title, List<String> items) throws IOException {
    if (items.isEmpty()) {
      return 0;
    }
    int left = out.add("\n### " + title + "\n\n") ? 0 : items.size();
    for (String item : left > 0 ? List.<String>of() : items) {
      left += out.add("- " + item + "\n") ? 0 : 1;
    }
    return left;
  }
}

package dev.portcullis.cli;

import dev.portcullis.policy.Mode;
import dev.portcullis.report.AtomicFile;
import dev.portcullis.report.Report;
import dev.portcullis.report.format.Ink;
import dev.portcullis.report.format.MarkdownReport;
import dev.portcullis.report.format.Renderer;
import dev.portcullis.report.format.ReportFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;

/** Writes a report to everything that {@code -o} names. */
final class ReportWriter {
  private final List<OutputTarget<ReportFormat>> targets;
  private final List<Mode> failing;
  private final ColorOption color;

  ReportWriter(List<OutputTarget<ReportFormat>> targets, List<Mode> failing, ColorOption color) {
    this.targets =
        targets.isEmpty()
            ? List.of(new OutputTarget<>(ReportFormat.TEXT, null))
            : List.copyOf(targets);
    this.failing = failing;
    this.color = color;
  }

  /** See {@link OutputTarget#refuseTwoOnStandardOutput}. */
  void refuseTwoOnStandardOutput(Function<String, RuntimeException> refusal) {
    OutputTarget.refuseTwoOnStandardOutput(targets, refusal);
  }

  /** {@return whether standard output is for people} */
  boolean textOnStandardOutput() {
    return targets.stream()
        .anyMatch(target -> target.file() == null && target.format() == ReportFormat.TEXT);
  }

  /** Writes them all; a file that cannot be written is an {@link InputException}. */
  void write(Report report, PrintWriter standardOutput) throws IOException {
    for (OutputTarget<ReportFormat> target : targets) {
      Path file = target.file();
      if (file == null) {
        var out = new BufferedWriter(standardOutput, 1 << 16);
        renderer(target.format(), color.ink()).render(report, out);
        out.flush();
        standardOutput.flush();
        if (target.format() == ReportFormat.GITHUB) {
          summarize(report);
        }
      } else {
        write(report, target.format(), file);
      }
    }
  }

  /** Adds the whole report to the job's summary, of which annotations are only the gravest part. */
  private static void summarize(Report report) {
    String summary = System.getenv("GITHUB_STEP_SUMMARY");
    if (summary == null || summary.isBlank()) {
      return;
    }
    try (Writer out =
        Files.newBufferedWriter(
            Path.of(summary), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      new MarkdownReport(MarkdownReport.MAX_SUMMARY).render(report, out);
    } catch (IOException unwritable) {
      throw new InputException(
          "GITHUB_STEP_SUMMARY=" + summary + ": " + Inputs.problem(unwritable));
    }
  }

  private void write(Report report, ReportFormat format, Path file) {
    try {
      AtomicFile.write(file, out -> renderer(format, Ink.NONE).render(report, out));
    } catch (IOException unwritable) {
      throw new InputException("-o " + format + "=" + file + ": " + Inputs.problem(unwritable));
    }
  }

  private Renderer renderer(ReportFormat format, Ink ink) {
    return format.renderer(new ReportFormat.Context(ink, ProductVersion.text(), failing));
  }
}

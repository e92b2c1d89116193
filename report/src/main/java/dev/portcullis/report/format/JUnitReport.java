package dev.portcullis.report.format;

import dev.portcullis.policy.Mode;
import dev.portcullis.report.InputError;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Note;
import dev.portcullis.report.Place;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as JUnit XML: a suite a file, a case a workload. What fails the run is a failure;
 * violations that do not, and known ones, are in the case's output.
 */
public final class JUnitReport implements Renderer {
  private final List<Mode> failing;

  /** Counts violations in these modes as failures. */
  public JUnitReport(List<Mode> failing) {
    this.failing = List.copyOf(failing);
  }

  /** What happened in one file. */
  private record Suite(List<Result> results, List<Skipped> skipped, List<InputError> errors) {
    Suite() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public void render(Report report, Writer out) throws IOException {
    Map<String, Suite> suites = new LinkedHashMap<>();
    for (Result result : report.results()) {
      suites.computeIfAbsent(result.file(), file -> new Suite()).results().add(result);
    }
    for (Skipped skipped : report.skipped()) {
      suites.computeIfAbsent(skipped.file(), file -> new Suite()).skipped().add(skipped);
    }
    for (InputError error : report.errors()) {
      suites.computeIfAbsent(error.file(), file -> new Suite()).errors().add(error);
    }
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"portcullis\"");
    counts(out, new Suite(report.results(), report.skipped(), report.errors()));
    out.append(">\n");
    for (var entry : suites.entrySet()) {
      suite(out, entry.getKey(), entry.getValue());
    }
    if (!report.notes().isEmpty()) {
      out.append("  <testsuite name=\"notes\" tests=\"0\">\n    <system-out>");
      for (Note note : report.notes()) {
        out.append(Xml.text(note + "\n"));
      }
      out.append("</system-out>\n  </testsuite>\n");
    }
    out.append("</testsuites>\n");
  }

  private void counts(Writer out, Suite suite) throws IOException {
    int failures = 0;
    int exempt = 0;
    for (Result result : suite.results()) {
      failures += fails(result) ? 1 : 0;
      exempt += result.exempt() ? 1 : 0;
    }
    int cases = suite.results().size() + suite.skipped().size() + suite.errors().size();
    out.append(
        " tests=\""
            + cases
            + "\" failures=\""
            + failures
            + "\" errors=\""
            + suite.errors().size()
            + "\"");
    out.append(" skipped=\"" + (suite.skipped().size() + exempt) + "\"");
  }

  private boolean fails(Result result) {
    return result.verdicts().stream()
        .anyMatch(verdict -> failing.contains(verdict.mode()) && verdict.hasNews());
  }

  private void suite(Writer out, String file, Suite suite) throws IOException {
    out.append("  <testsuite name=\"").append(Xml.attribute(file)).append('"');
    counts(out, suite);
    out.append(">\n");
    for (Result result : suite.results()) {
      workload(out, result);
    }
    for (Skipped skipped : suite.skipped()) {
      open(out, file, "document " + skipped.document());
      out.append(">\n      <skipped message=\"")
          .append(Xml.attribute(skipped.reason()))
          .append("\"/>\n");
      out.append("    </testcase>\n");
    }
    for (InputError error : suite.errors()) {
      open(out, file, "input");
      out.append(">\n      <error message=\"").append(Xml.attribute(error.message())).append("\">");
      out.append(Xml.text(error.toString())).append("</error>\n    </testcase>\n");
    }
    out.append("  </testsuite>\n");
  }

  private void workload(Writer out, Result result) throws IOException {
    open(out, result.file(), result.title());
    if (result.exempt()) {
      out.append(">\n      <skipped message=\"exempt by configuration\"/>\n    </testcase>\n");
      return;
    }
    if (result.allowed()) {
      out.append("/>\n");
      return;
    }
    out.append(">\n");
    var aside = new StringBuilder();
    for (ModeVerdict verdict : result.verdicts()) {
      if (failing.contains(verdict.mode()) && verdict.hasNews()) {
        out.append("      <failure type=\"")
            .append(verdict.mode().toString())
            .append("\" message=\"");
        out.append(Xml.attribute(verdict.at() + ": " + verdict.reason())).append("\">");
        out.append(Xml.text(lines(result, verdict, false))).append("</failure>\n");
        aside.append(lines(result, verdict, true));
      } else {
        aside.append(lines(result, verdict, false)).append(lines(result, verdict, true));
      }
    }
    if (!aside.isEmpty()) {
      out.append("      <system-out>").append(Xml.text(aside.toString())).append("</system-out>\n");
    }
    out.append("    </testcase>\n");
  }

  private static void open(Writer out, String file, String name) throws IOException {
    out.append("    <testcase classname=\"").append(Xml.attribute(file));
    out.append("\" name=\"").append(Xml.attribute(name)).append('"');
  }

  private static String why(Violation violation) {
    return violation.suppression() != null
        ? " (suppressed: " + violation.suppression() + ")"
        : violation.known() ? " (known)" : "";
  }

  private static String lines(Result result, ModeVerdict verdict, boolean aside) {
    var text = new StringBuilder();
    for (Violation violation : verdict.violations()) {
      if (violation.counts() != aside) {
        Place place = violation.places().getFirst();
        text.append(result.file());
        if (place.line() > 0) {
          text.append(':').append(place.line()).append(':').append(place.column());
        }
        text.append(": ");
        text.append(verdict.mode())
            .append(' ')
            .append(verdict.at())
            .append(": ")
            .append(violation.message());
        text.append(" [").append(violation.check()).append(']').append(why(violation)).append('\n');
      }
    }
    return text.toString();
  }
}

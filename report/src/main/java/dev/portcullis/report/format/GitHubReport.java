package dev.portcullis.report.format;

import dev.portcullis.policy.Mode;
import dev.portcullis.report.InputError;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Place;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;

/**
 * Workflow commands that GitHub Actions turns into annotations at the lines of a pull request.
 *
 * @see <a
 *     href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow
 *     commands</a>
 */
public final class GitHubReport implements Renderer {
  /** Has nothing to choose. */
  public GitHubReport() {}

  @Override
  public void render(Report report, Writer out) throws IOException {
    for (InputError error : report.errors()) {
      command(
          out, "error", error.file(), error.line(), error.column(), "portcullis", error.message());
    }
    for (Result result : report.results()) {
      Set<String> told = new HashSet<>();
      for (ModeVerdict verdict : result.gravestFirst()) {
        String severity = severity(verdict.mode());
        for (Violation violation : verdict.violations()) {
          if (!violation.known() && told.add(violation.check())) {
            violation(out, severity, result, verdict, violation);
          }
        }
      }
    }
    for (Skipped skipped : report.skipped()) {
      command(
          out,
          "notice",
          skipped.file(),
          skipped.line(),
          0,
          "portcullis skipped this",
          skipped.reason());
    }
  }

  private static void violation(
      Writer out, String severity, Result result, ModeVerdict verdict, Violation violation)
      throws IOException {
    String title = violation.check() + " (" + verdict.at() + ")";
    for (Place place : violation.places()) {
      String message =
          Printable.of(result.title() + ": " + violation.message()) + "\n" + place.path();
      command(out, severity, result.file(), place.line(), place.column(), title, message);
    }
  }

  private static String severity(Mode mode) {
    return switch (mode) {
      case ENFORCE -> "error";
      case WARN -> "warning";
      case AUDIT -> "notice";
    };
  }

  private static void command(
      Writer out, String severity, String file, int line, int column, String title, String message)
      throws IOException {
    out.append("::").append(severity).append(" file=").append(property(file));
    if (line > 0) {
      out.append(",line=").append(String.valueOf(line));
    }
    if (column > 0) {
      out.append(",col=").append(String.valueOf(column));
    }
    out.append(",title=")
        .append(property(Printable.of(title)))
        .append("::")
        .append(data(message))
        .append('\n');
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}

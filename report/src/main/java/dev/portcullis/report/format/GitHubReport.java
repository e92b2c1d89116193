package dev.portcullis.report.format;

import static java.util.Comparator.comparingInt;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.report.InputError;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Note;
import dev.portcullis.report.Origin;
import dev.portcullis.report.Place;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Workflow commands that GitHub Actions turns into annotations at the lines of a pull request.
 *
 * <p>GitHub shows {@value #MAX_ANNOTATIONS} of each severity a step and drops the rest silently. So
 * there are never more: errors of input first, then one a workload with the gravest violation and
 * the number of its others. A last line that is no command says how many were left out; the whole
 * list is what {@link MarkdownReport} writes to the job's summary.
 *
 * @see <a
 *     href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow
 *     commands</a>
 */
public final class GitHubReport implements Renderer {
  /** The most annotations of one severity that GitHub shows for a step. */
  public static final int MAX_ANNOTATIONS = 10;

  private static final Set<String> BASELINE =
      Checks.standard().stream()
          .filter(check -> check.level() == Level.BASELINE)
          .map(Check::id)
          .collect(Collectors.toUnmodifiableSet());

  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_TITLE = 200;

  /** Has nothing to choose. */
  public GitHubReport() {}

  /** What a command says of a line; its order is that of gravity. */
  private enum Severity {
    ERROR("error"),
    WARNING("warning"),
    NOTICE("notice");

    private final String command;

    Severity(String command) {
      this.command = command;
    }

    static Severity of(Mode mode) {
      return switch (mode) {
        case ENFORCE -> ERROR;
        case WARN -> WARNING;
        case AUDIT -> NOTICE;
      };
    }
  }

  /** {@code rank}: 0 for errors of input, then baseline before restricted. */
  private record Annotation(
      int rank, String file, int line, int column, String title, String message) {}

  @Override
  public void render(Report report, Writer out) throws IOException {
    Map<Severity, List<Annotation>> all = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      all.put(severity, new ArrayList<>());
    }
    for (InputError error : report.errors()) {
      at(all, Severity.ERROR)
          .add(
              new Annotation(
                  0,
                  error.file(),
                  error.line(),
                  error.column(),
                  "portcullis",
                  Printable.of(error.message())));
    }
    for (Result result : report.results()) {
      workload(result, all);
    }
    all.values().forEach(annotations -> annotations.sort(comparingInt(Annotation::rank)));
    for (Note note : report.notes()) {
      at(all, Severity.NOTICE)
          .add(
              new Annotation(
                  3,
                  note.file(),
                  note.line(),
                  note.column(),
                  "portcullis",
                  Printable.of(note.message())));
    }
    for (Skipped skipped : report.skipped()) {
      at(all, Severity.NOTICE)
          .add(
              new Annotation(
                  3,
                  skipped.file(),
                  skipped.line(),
                  0,
                  "portcullis skipped this",
                  Printable.of(skipped.reason())));
    }
    int left = 0;
    for (Severity severity : Severity.values()) {
      List<Annotation> annotations = at(all, severity);
      for (Annotation annotation :
          annotations.subList(0, Math.min(MAX_ANNOTATIONS, annotations.size()))) {
        command(out, severity, annotation);
      }
      left += Math.max(0, annotations.size() - MAX_ANNOTATIONS);
    }
    if (left > 0) {
      out.append("portcullis: ")
          .append(String.valueOf(left))
          .append(" more annotations left out: GitHub shows ")
          .append(String.valueOf(MAX_ANNOTATIONS))
          .append(" of each severity a step\n");
    }
  }

  private static List<Annotation> at(Map<Severity, List<Annotation>> all, Severity severity) {
    return all.getOrDefault(severity, List.of());
  }

  /** One annotation for a workload: its first violation in the gravest mode that has one. */
  private static void workload(Result result, Map<Severity, List<Annotation>> all) {
    for (ModeVerdict verdict : result.gravestFirst()) {
      List<Violation> news = verdict.violations().stream().filter(Violation::counts).toList();
      if (!news.isEmpty()) {
        Violation first = news.getFirst();
        Place place = first.places().getFirst();
        var message = new StringBuilder();
        message.append(Printable.of(result.title() + ": " + first.message()));
        message.append('\n').append(Printable.of(place.path()));
        for (Violation other : news.subList(1, news.size())) {
          message
              .append("\nline ")
              .append(other.places().getFirst().line())
              .append(": ")
              .append(Printable.of(other.message()));
        }
        at(all, Severity.of(verdict.mode()))
            .add(
                new Annotation(
                    BASELINE.contains(first.check()) ? 1 : 2,
                    result.origin() instanceof Origin.InFile in ? in.name() : "",
                    place.line(),
                    place.column(),
                    first.check() + " (" + verdict.at() + ")",
                    message.toString()));
        return;
      }
    }
  }

  private static void command(Writer out, Severity severity, Annotation annotation)
      throws IOException {
    out.append("::").append(severity.command).append(' ');
    if (!annotation.file().isEmpty()) {
      out.append("file=").append(property(Printable.of(annotation.file()))).append(',');
    }
    if (annotation.line() > 0) {
      out.append("line=").append(String.valueOf(annotation.line())).append(',');
    }
    if (annotation.column() > 0) {
      out.append("col=").append(String.valueOf(annotation.column())).append(',');
    }
    out.append("title=")
        .append(property(cut(Printable.of(annotation.title()), MAX_TITLE)))
        .append("::")
        .append(data(cut(annotation.message(), MAX_MESSAGE)))
        .append('\n');
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit) + "...";
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}

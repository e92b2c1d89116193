package dev.portcullis.report.format;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.report.CheckPage;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The formats of a report, by the names that {@code -o} takes. */
public enum ReportFormat {
  /** For people at a terminal. */
  TEXT("text", context -> new TextReport(context.ink())),
  /** Everything, for programs. */
  JSON("json", context -> new JsonReport()),
  /** For code scanning. */
  SARIF("sarif", context -> new SarifReport(context.productVersion(), pages())),
  /** For build servers. */
  JUNIT("junit", context -> new JUnitReport(context.failing())),
  /** Annotations of GitHub Actions. */
  GITHUB("github", context -> new GitHubReport()),
  /** For a comment or a summary. */
  MARKDOWN("markdown", context -> new MarkdownReport(MarkdownReport.MAX_COMMENT));

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // the factories keep nothing
  private final Function<Context, Renderer> factory;

  /**
   * What some formats need to know.
   *
   * @param ink the colours, for text
   * @param productVersion the version of Portcullis, for formats that name it
   * @param failing the modes whose violations fail the run
   */
  public record Context(Ink ink, String productVersion, List<Mode> failing) {
    /** Copies the modes. */
    public Context {
      failing = List.copyOf(failing);
    }
  }

  ReportFormat(String text, Function<Context, Renderer> factory) {
    this.text = text;
    this.factory = factory;
  }

  /** {@return the format of this name, or null} */
  public static @Nullable ReportFormat parse(String name) {
    for (ReportFormat format : values()) {
      if (format.text.equals(name)) {
        return format;
      }
    }
    return null;
  }

  /** {@return the names of all formats} */
  public static List<String> names() {
    return Arrays.stream(values()).map(ReportFormat::toString).toList();
  }

  /** {@return what writes a report in this format} */
  public Renderer renderer(Context context) {
    return factory.apply(context);
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return text;
  }

  private static List<CheckPage> pages() {
    return Evaluator.of(Checks.standard()).checks().stream()
        .map(check -> CheckPage.load(check.id()))
        .toList();
  }
}

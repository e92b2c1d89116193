package dev.portcullis.advice.migrate;

import dev.portcullis.report.format.Markdown;
import java.io.IOException;

/** The report for a pull request, an issue or a wiki. */
public final class MigrationMarkdown {
  /** Has nothing to choose. */
  public MigrationMarkdown() {}

  /** Appends the report. */
  public void render(MigrationReport report, Appendable out) throws IOException {
    MigrationOutline.Kind before = null;
    for (MigrationOutline.Line line : MigrationOutline.of(report)) {
      boolean listed =
          line.kind() == MigrationOutline.Kind.ITEM || line.kind() == MigrationOutline.Kind.CODE;
      boolean list = before == MigrationOutline.Kind.ITEM || before == MigrationOutline.Kind.CODE;
      if (before != null && !(listed && list)) {
        out.append('\n');
      }
      String indent = "  ".repeat(line.depth());
      switch (line.kind()) {
        case CHAPTER -> out.append("## ").append(Markdown.escape(line.text()));
        case SECTION -> out.append("### ").append(Markdown.escape(line.text()));
        case SENTENCE -> out.append(Markdown.escape(line.text()));
        case ITEM -> out.append(indent).append("- ").append(Markdown.escape(line.text()));
        case CODE -> out.append(indent).append("- ").append(Markdown.code(line.text()));
      }
      out.append('\n');
      before = line.kind();
    }
  }
}

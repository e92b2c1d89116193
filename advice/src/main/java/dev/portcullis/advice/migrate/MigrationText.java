package dev.portcullis.advice.migrate;

import dev.portcullis.report.Printable;
import dev.portcullis.report.format.Ink;
import java.io.IOException;

/** The report for people. */
public final class MigrationText {
  private final Ink ink;

  /** Tells it in this ink. */
  public MigrationText(Ink ink) {
    this.ink = ink;
  }

  /** Appends the report. */
  public void render(MigrationReport report, Appendable out) throws IOException {
    boolean first = true;
    for (MigrationOutline.Line line : MigrationOutline.of(report)) {
      String text = Printable.of(line.text());
      switch (line.kind()) {
        case CHAPTER -> out.append(first ? "" : "\n").append(ink.bold(text)).append('\n');
        case SECTION -> out.append("\n  ").append(ink.bold(text)).append('\n');
        case SENTENCE -> out.append("  ").append(text).append('\n');
        case ITEM, CODE ->
            out.append("    ").append("  ".repeat(line.depth())).append(text).append('\n');
      }
      first = false;
    }
  }
}

package dev.portcullis.advice.migrate;

import dev.portcullis.report.InputError;
import dev.portcullis.report.format.Ink;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats of a migration's report, by the names that {@code -o} takes. */
public enum MigrationFormat {
  /** For people at a terminal. */
  TEXT("text", (report, errors, ink, out) -> new MigrationText(ink).render(report, out)),
  /** For a document. */
  MARKDOWN("markdown", (report, errors, ink, out) -> new MigrationMarkdown().render(report, out)),
  /** For programs. */
  JSON("json", (report, errors, ink, out) -> MigrationJson.render(report, errors, out));

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // the formats keep nothing
  private final Format format;

  private interface Format {
    void render(MigrationReport report, List<InputError> errors, Ink ink, Writer out)
        throws IOException;
  }

  MigrationFormat(String text, Format format) {
    this.text = text;
    this.format = format;
  }

  /** {@return the format of this name, or null} */
  public static @Nullable MigrationFormat parse(String name) {
    for (MigrationFormat format : values()) {
      if (format.text.equals(name)) {
        return format;
      }
    }
    return null;
  }

  /** {@return the names of all formats} */
  public static List<String> names() {
    return Arrays.stream(values()).map(MigrationFormat::toString).toList();
  }

  /** Writes the whole report; {@code out} is neither flushed nor closed. */
  public void render(MigrationReport report, List<InputError> errors, Ink ink, Writer out)
      throws IOException {
    format.render(report, errors, ink, out);
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return text;
  }
}

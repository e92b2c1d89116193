package dev.portcullis.report.format;

import dev.portcullis.report.Report;
import java.io.IOException;
import java.io.Writer;

/** Tells a report in one format. */
public interface Renderer {
  /** Writes the whole report; {@code out} is neither flushed nor closed. */
  void render(Report report, Writer out) throws IOException;
}

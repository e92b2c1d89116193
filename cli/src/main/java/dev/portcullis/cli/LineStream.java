package dev.portcullis.cli;

import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers lines of JSON, each with a line.
 *
 * <p>Answers are held back only while more lines are at hand, so that a program can ask, wait for
 * the answer and ask again, and a file still costs few writes. Nothing grows with the number of
 * lines.
 */
abstract class LineStream {
  private static final int FLUSH_AT = 1 << 16;

  private final Lines lines;
  private final OutputStream out;
  private final StringBuilder answers = new StringBuilder(FLUSH_AT * 2);
  private boolean clean = true;

  LineStream(InputStream in, OutputStream out) {
    this.lines = new Lines(in, JsonLimits.STANDARD.maxBytes());
    this.out = out;
  }

  /** {@return whether every line could be answered} */
  final boolean run() throws IOException {
    for (JsonSlice line = lines.next(); line != null; line = lines.next()) {
      if (lines.tooLong()) {
        clean = false;
        refuse("the line is longer than " + JsonLimits.STANDARD.maxBytes() + " bytes", answers);
      } else if (!blank(line) && !answer(line, answers)) {
        clean = false;
      }
      if (answers.length() >= FLUSH_AT || !lines.ready()) {
        flush();
      }
    }
    flush();
    return clean;
  }

  /** Appends the answer to a line, and {@return whether it could be answered}. */
  abstract boolean answer(JsonSlice line, StringBuilder answers);

  /** Appends the answer to a line of which nothing can be read. */
  abstract void refuse(String problem, StringBuilder answers);

  private static boolean blank(JsonSlice line) {
    for (int i = 0; i < line.length(); i++) {
      byte c = line.bytes()[line.offset() + i];
      if (c > ' ' || c < 0) {
        return false;
      }
    }
    return true;
  }

  private void flush() throws IOException {
    if (!answers.isEmpty()) {
      out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
      answers.setLength(0);
    }
  }
}

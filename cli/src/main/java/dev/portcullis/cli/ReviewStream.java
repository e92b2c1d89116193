package dev.portcullis.cli;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers admission requests line by line. Answers are held back only while more lines are at hand;
 * nothing grows with the number of lines.
 */
final class ReviewStream {
  private static final int FLUSH_AT = 1 << 16;

  /**
   * Time stands still: nobody waits for the answer, and the same input always gives the same one.
   */
  private static final Deadline TIMELESS = Deadline.none(() -> 0);

  private final Admission admission;
  private final Lines lines;
  private final OutputStream out;
  private final StringBuilder answers = new StringBuilder(FLUSH_AT * 2);
  private boolean clean = true;

  ReviewStream(Admission admission, InputStream in, OutputStream out) {
    this.admission = admission;
    this.lines = new Lines(in, JsonLimits.STANDARD.maxBytes());
    this.out = out;
  }

  /** {@return whether every line could be answered} */
  boolean run() throws IOException {
    for (JsonSlice line = lines.next(); line != null; line = lines.next()) {
      answer(line);
      if (answers.length() >= FLUSH_AT || !lines.ready()) {
        flush();
      }
    }
    flush();
    return clean;
  }

  private void answer(JsonSlice line) {
    if (lines.tooLong()) {
      fail("the line is longer than " + JsonLimits.STANDARD.maxBytes() + " bytes");
      return;
    }
    if (blank(line)) {
      return;
    }
    try {
      AdmissionRequest request = ReviewDecoder.decode(line);
      answers
          .append(ReviewEncoder.encodeLine(request, admission.review(request, TIMELESS)))
          .append('\n');
    } catch (ReviewException fault) {
      fail(fault.message() + ": " + fault.detail());
    }
  }

  private static boolean blank(JsonSlice line) {
    for (int i = 0; i < line.length(); i++) {
      byte c = line.bytes()[line.offset() + i];
      if (c > ' ' || c < 0) {
        return false;
      }
    }
    return true;
  }

  private void fail(String problem) {
    clean = false;
    answers.append("{\"uid\":\"\",\"error\":");
    JsonText.appendQuoted(answers, problem);
    answers.append("}\n");
  }

  private void flush() throws IOException {
    if (!answers.isEmpty()) {
      out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
      answers.setLength(0);
    }
  }
}

package dev.portcullis.cli;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers admission requests line by line. */
final class ReviewStream extends LineStream {
  /**
   * Time stands still: nobody waits for the answer, and the same input always gives the same one.
   */
  private static final Deadline TIMELESS = Deadline.none(() -> 0);

  private final Admission admission;

  ReviewStream(Admission admission, InputStream in, OutputStream out) {
    super(in, out);
    this.admission = admission;
  }

  @Override
  boolean answer(JsonSlice line, StringBuilder answers) {
    try {
      AdmissionRequest request = ReviewDecoder.decode(line);
      answers
          .append(ReviewEncoder.encodeLine(request, admission.review(request, TIMELESS)))
          .append('\n');
      return true;
    } catch (ReviewException fault) {
      refuse(fault.message() + ": " + fault.detail(), answers);
      return false;
    }
  }

  @Override
  void refuse(String problem, StringBuilder answers) {
    answers.append("{\"uid\":\"\",\"error\":");
    JsonText.appendQuoted(answers, problem);
    answers.append("}\n");
  }
}

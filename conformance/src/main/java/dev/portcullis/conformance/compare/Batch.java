package dev.portcullis.conformance.compare;

import dev.portcullis.conformance.json.Json.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions that are asked together.
 *
 * @param setup the line that names the cluster they are about; null when they are about none
 * @param questions in order
 */
public record Batch(@Nullable Obj setup, List<Question> questions) {
  /** Copies the questions. */
  public Batch {
    questions = List.copyOf(questions);
  }

  /** {@return the question so many after the first, with its set-up inside} */
  public Question alone(int index) {
    Question question = questions.get(index);
    return setup == null ? question : question.inside(setup);
  }
}

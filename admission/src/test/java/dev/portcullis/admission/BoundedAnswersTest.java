package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers as long as they may be, and longer. */
class BoundedAnswersTest {
  private static final String LONGEST = "x".repeat(65_536);

  @Test
  void whatIsNotLongerStaysEqual() {
    var status = new Status(403, "Forbidden", LONGEST, null);
    var answer = new AdmissionResponse(false, status, Map.of("a", LONGEST), List.of(LONGEST));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(status.message()).isEqualTo(LONGEST);
    assertThat(answer.auditAnnotations()).isEqualTo(Map.of("a", LONGEST));
    assertThat(answer.warnings()).containsExactly(LONGEST);
  }

  @Test
  void whatIsLongerIsCutWithACount() {
    String longer = LONGEST + "123";
    var details = new Status.Details(longer, "g", "k", List.of());
    var status = new Status(403, "Forbidden", longer, details);
    var answer =
        new AdmissionResponse(
            false, status, Map.of("a", longer, "b", "short"), Collections.nCopies(3, longer));
    assertThat(status.message()).isEqualTo(LONGEST + "... (3 more characters)");
    assertThat(details.name()).hasSizeLessThan(2_100).endsWith("... (63491 more characters)");
    assertThat(answer.auditAnnotations())
        .isEqualTo(Map.of("a", LONGEST + "... (3 more characters)", "b", "short"));
    assertThat(answer.warnings())
        .containsExactly(LONGEST + "... (3 more characters)", "... (2 more warnings)");
  }
}

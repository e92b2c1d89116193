package dev.portcullis.admission.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.Golden;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ReviewDecoderTest {
  @Test
  void everyBodyIsReadOrRefusedWithItsText() throws IOException {
    var report = new StringBuilder();
    for (String body : Files.readString(Golden.file("reviews/bodies.txt")).split("\n====\n")) {
      report
          .append(body)
          .append("\n=> ")
          .append(outcome(body.getBytes(StandardCharsets.UTF_8)))
          .append("\n\n");
    }
    Golden.check(Golden.file("reviews/outcomes.txt"), report.toString());
  }

  private static String outcome(byte[] body) {
    try {
      AdmissionRequest r = ReviewDecoder.decode(JsonSlice.of(body));
      return String.join(
          "|",
          r.uid(),
          r.kindGroup(),
          r.kindVersion(),
          r.kind(),
          r.resourceGroup(),
          r.resourceVersion(),
          r.resource(),
          r.subResource(),
          r.name(),
          r.namespace(),
          r.operation(),
          r.userName(),
          text(r.object().json()),
          text(r.oldObject().json()),
          String.valueOf(r.dryRun()));
    } catch (ReviewException e) {
      return e.kind() + ": " + e.message() + " (" + e.detail() + ")";
    }
  }

  private static String text(JsonSlice slice) {
    return new String(slice.copy(), StandardCharsets.UTF_8);
  }

  @Test
  void limitsAreClearErrors() {
    byte[] body = "{\"request\":{\"object\":[[[[1]]]]}}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ReviewDecoder.decode(JsonSlice.of(body), new JsonLimits(10, 100, 100)))
        .isInstanceOfSatisfying(
            ReviewException.class,
            e -> assertThat(e.detail()).isEqualTo("the body has 32 bytes, the limit is 10"));
    assertThatThrownBy(() -> ReviewDecoder.decode(JsonSlice.of(body), new JsonLimits(100, 5, 100)))
        .isInstanceOfSatisfying(
            ReviewException.class,
            e -> assertThat(e.detail()).contains("nested deeper than 5 levels"));
  }

  @Test
  void aUidThatAnAnswerWouldHaveToRepeatIsBounded() throws ReviewException {
    String body = "{\"request\":{\"uid\":\"%s\"}}";
    byte[] longest = body.formatted("u".repeat(1_024)).getBytes(StandardCharsets.UTF_8);
    assertThat(ReviewDecoder.decodeJson(JsonSlice.of(longest)).uid()).hasSize(1_024);
    byte[] longer = body.formatted("u".repeat(1_025)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ReviewDecoder.decodeJson(JsonSlice.of(longer)))
        .isInstanceOfSatisfying(
            ReviewException.class,
            e ->
                assertThat(e.message() + ": " + e.detail())
                    .isEqualTo(
                        "unable to decode the request: request.uid has 1025 characters, the limit"
                            + " is 1024"));
  }

  @Test
  void objectsAreSlicesOfTheBody() throws ReviewException {
    byte[] body =
        "{\"request\":{\"uid\":\"u\",\"object\": {\"a\":1} }}".getBytes(StandardCharsets.UTF_8);

    assertThat(ReviewDecoder.decode(JsonSlice.of(body)).object().json().bytes()).isSameAs(body);
  }
}

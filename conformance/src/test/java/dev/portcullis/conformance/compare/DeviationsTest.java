package dev.portcullis.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Obj;
import org.junit.jupiter.api.Test;

/** What counts as agreement, and what must not. */
class DeviationsTest {
  @Test
  void equalAnswersAreEqualWhateverTheirOrder() {
    assertThat(between("admission", "{\"a\":1,\"b\":\"\\u003c\"}", "{\"b\":\"<\",\"a\":1}", false))
        .isEqualTo(Deviations.NONE);
  }

  @Test
  void anythingElseDiffers() {
    assertThat(between("admission", "{\"a\":1}", "{\"a\":2}", true)).isNull();
    assertThat(between("admission", "{\"a\":[1,2]}", "{\"a\":[2,1]}", true)).isNull();
    assertThat(between("admission", "{\"a\":1}", "{\"a\":1,\"b\":\"\"}", true)).isNull();
  }

  @Test
  void theReferenceMayCrash() {
    assertThat(between("admission", "{\"aborted\":\"nil\"}", "{\"response\":{}}", false))
        .isEqualTo(Deviations.CRASH);
  }

  @Test
  void onlyGoWordsBehindTheReferencesOwnMayDiffer() {
    assertThat(
            between(
                "admission",
                "{\"e\":\"failed to decode object: json: cannot\"}",
                "{\"e\":\"failed to decode object: spec: must\"}",
                false))
        .isEqualTo(Deviations.DECODE_WORDS);
    assertThat(
            between(
                "admission",
                "{\"e\":\"failed to decode object: x\"}",
                "{\"e\":\"failed to decode old object: x\"}",
                false))
        .isNull();
  }

  @Test
  void aPodThatOnlyOneSideDecodesDiffersUnlessTheFaultIsWhereNobodyReads() {
    String refused = "{\"error\":\"json: cannot unmarshal\"}";
    String judged = "{\"results\":[]}";
    assertThat(between("evaluate", refused, judged, false)).isNull();
    assertThat(between("evaluate", refused, judged, true)).isEqualTo(Deviations.UNREAD_FIELD);
    assertThat(between("evaluate", judged, refused, true)).isNull();
  }

  @Test
  void aNamespaceWithoutANameMayBeRefusedButNeverAllowed() {
    String listed = "{\"response\":{\"allowed\":true,\"warnings\":[\"existing pods\"]}}";
    String refused =
        "{\"response\":{\"allowed\":false,\"status\":{\"message\":\"the namespace has no name\"}}}";
    assertThat(between("admission", listed, refused, false)).isEqualTo(Deviations.NAMELESS);
    assertThat(between("admission", refused, listed, false)).isNull();
    assertThat(between("admission", listed, refused.replace("no name", "none"), false)).isNull();
  }

  private static Deviations between(String op, String oracle, String ours, boolean unread) {
    var question = new Question(new Obj().put("op", Json.text(op)));
    return Deviations.between(question, oracle, ours, unread);
  }
}

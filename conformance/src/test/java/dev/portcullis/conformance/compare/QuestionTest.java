package dev.portcullis.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuestionTest {
  @Test
  void findsItsSubjectBehindASetUpOfAnyCharacters() {
    var review = new Obj().put("request", new Obj().put("uid", Json.text("\u00fc")));
    var setup = new Obj().put("usernames", Arr.of(Json.text("\uD83D\uDE00"), Json.text("\u00e9")));
    var question =
        new Question(
                new Obj()
                    .put("op", Json.text("admission"))
                    .put("setup", Json.text("s"))
                    .put("review", review))
            .inside(setup);

    Line line = question.line();

    assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"op\":\"admission\",\"usernames\":[\"\uD83D\uDE00\",\"\u00e9\"],"
                + "\"review\":{\"request\":{\"uid\":\"\u00fc\"}}}");
    assertThat(new String(line.subject().copy(), StandardCharsets.UTF_8))
        .isEqualTo("{\"request\":{\"uid\":\"\u00fc\"}}");
  }
}

package dev.portcullis.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.JsonReader;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void keepsOnlyWhatMakesTheDifference() {
    var question =
        question(
            """
            {"op":"evaluate","at":["baseline:v1.2","restricted:latest"],"pod":{"metadata":{"name":"n"},
            "spec":{"hostPID":true,"containers":[{"name":"a"},{"name":"b","image":"i",
            "securityContext":{"privileged":true,"runAsUser":0}},{"name":"c"}]}}}\
            """);

    var small =
        new Shrinker(q -> GoJson.print(q.members()).contains("\"privileged\":true"), 1_000)
            .shrink(question);

    assertThat(GoJson.print(small.members()))
        .isEqualTo(
            "{\"op\":\"evaluate\",\"at\":[\"\"],\"pod\":{\"spec\":{\"containers\":["
                + "{\"securityContext\":{\"privileged\":true}}]}}}");
  }

  @Test
  void shortensTexts() {
    var question =
        question("{\"op\":\"config\",\"content\":\"abc\\u200bdef and what comes after\"}");

    var small =
        new Shrinker(q -> GoJson.print(q.members()).contains("\u200b"), 1_000).shrink(question);

    assertThat(GoJson.print(small.members()))
        .isEqualTo("{\"op\":\"config\",\"content\":\"\u200b\"}");
  }

  @Test
  void stopsAfterItsProbes() {
    var question = question("{\"op\":\"config\",\"content\":\"" + "x".repeat(1_000) + "\"}");
    int[] asked = {0};

    new Shrinker(
            q -> {
              asked[0]++;
              return false;
            },
            5)
        .shrink(question);

    assertThat(asked[0]).isEqualTo(5);
  }

  private static Question question(String json) {
    return JsonReader.read(json) instanceof Obj members
        ? new Question(members)
        : new Question(new Obj());
  }
}

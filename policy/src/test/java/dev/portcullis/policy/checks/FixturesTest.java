package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Golden;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Fixtures.Fixture;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every fixture at every version of both levels: {@code fixtures.jsonl} says from which version on
 * the answer is which. The Go reference has confirmed the file.
 */
class FixturesTest {
  private static final int LAST_MINOR = 38;

  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final List<Fixture> fixtures = Fixtures.all();

  @Test
  void answersAreThoseOnDisk() throws Exception {
    var lines = new ArrayList<String>();
    for (Fixture fixture : fixtures) {
      PodView pod = pod(fixture);
      var line = new StringBuilder("{\"name\":");
      SamplePod.append(line, fixture.name());
      line.append(",\"pod\":").append(fixture.pod());
      for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
        SamplePod.append(line.append(",\"").append(level).append("\":"), answers(level, pod));
      }
      lines.add(line.append('}').toString());
    }
    Golden.assertLines("fixtures.jsonl", lines);
  }

  @Test
  void namesAreUnique() {
    assertThat(fixtures).extracting(Fixture::name).doesNotHaveDuplicates();
  }

  @Test
  void everyRevisionOfEveryCheckAllowsAndForbids() throws Exception {
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        var outcomes = new TreeSet<Boolean>();
        for (Fixture fixture : fixtures) {
          outcomes.add(forbids(check, revision.since(), pod(fixture)));
        }
        assertThat(outcomes).as(check.id() + " " + revision.since()).containsExactly(false, true);
      }
    }
  }

  @Test
  void everyRevisionDiffersFromTheOneBefore() throws Exception {
    for (Check check : Checks.standard()) {
      List<Check.Revision> revisions = check.revisions();
      for (int i = 1; i < revisions.size(); i++) {
        Version since = revisions.get(i).since();
        Version before = Version.of(since.minor() - 1);
        boolean differs = false;
        for (Fixture fixture : fixtures) {
          PodView pod = pod(fixture);
          differs |= forbids(check, since, pod) != forbids(check, before, pod);
        }
        assertThat(differs).as(check.id() + " " + since).isTrue();
      }
    }
  }

  @Test
  void everyFieldErrorNamesAPlaceAndFieldsComeWithEveryViolation() throws Exception {
    for (Fixture fixture : fixtures) {
      for (Verdict.Violation violation : evaluate(Level.RESTRICTED, Version.LATEST, fixture)) {
        assertThat(violation.result().fields())
            .as(fixture.name())
            .isNotEmpty()
            .allSatisfy(field -> assertThat(field.path()).matches("(spec|metadata)[.].+"));
      }
    }
  }

  private List<Verdict.Violation> evaluate(Level level, Version version, Fixture fixture)
      throws Exception {
    return evaluator.evaluate(new LevelVersion(level, version), pod(fixture)).violations();
  }

  private boolean forbids(Check check, Version version, PodView pod) {
    return evaluator.evaluate(new LevelVersion(check.level(), version), pod).violations().stream()
        .anyMatch(violation -> violation.check().id().equals(check.id()));
  }

  private List<Object> answers(Level level, PodView pod) {
    var answers = new ArrayList<Object>();
    Object last = null;
    for (int minor = 0; minor <= LAST_MINOR; minor++) {
      var verdict = evaluator.evaluate(new LevelVersion(level, Version.of(minor)), pod);
      Map<String, Object> answer = answer(verdict);
      if (!answer.equals(last)) {
        var since = new LinkedHashMap<String, Object>();
        since.put("since", Version.of(minor).toString());
        since.putAll(answer);
        answers.add(since);
        last = answer;
      }
    }
    var latest = evaluator.evaluate(new LevelVersion(level, Version.LATEST), pod);
    assertThat(answer(latest)).isEqualTo(last);
    return answers;
  }

  private static Map<String, Object> answer(Verdict verdict) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("allowed", verdict.allowed());
    if (!verdict.allowed()) {
      answer.put("reason", verdict.reason());
      answer.put("detail", verdict.detail());
      var fields = new LinkedHashMap<String, Object>();
      for (Verdict.Violation violation : verdict.violations()) {
        List<String> places =
            violation.result().fields().stream().map(FieldError::toString).toList();
        fields.put(violation.check().id(), places);
      }
      answer.put("fields", fields);
    }
    return answer;
  }

  private static PodView pod(Fixture fixture) throws Exception {
    var bytes = fixture.pod().getBytes(StandardCharsets.UTF_8);
    return PodDecoder.decode(JsonSlice.of(bytes), JsonLimits.STANDARD);
  }
}

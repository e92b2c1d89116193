package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Golden;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pods of one test, and the file that says what the standards answer to each from which version on.
 * The Go reference has confirmed these files.
 */
final class CheckFixtures {
  static final String APPARMOR = PodView.APPARMOR_ANNOTATION;
  static final String SECCOMP = PodView.SECCOMP_CONTAINER_ANNOTATION;
  static final String SECCOMP_POD = PodView.SECCOMP_POD_ANNOTATION;

  /** Security contexts of the sample pod: its own, and those of its containers i, a and b. */
  static final String POD = "spec.securityContext.";

  static final String INIT = "spec.initContainers[0].securityContext.";
  static final String A = "spec.containers[0].securityContext.";
  static final String B = "spec.containers[1].securityContext.";

  static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());

  private final List<Fixture> all = new ArrayList<>();

  /** A pod with the name of what it shows. */
  record Fixture(String name, String json) {
    PodView pod() throws Exception {
      return PodDecoder.decode(
          JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    }
  }

  /** Begins with the sample pod, which every check allows. */
  CheckFixtures() {
    add("allowed/sample", pod -> {});
  }

  /** Adds the sample pod with these changes. */
  void add(String name, Consumer<SamplePod> change) {
    var pod = new SamplePod();
    change.accept(pod);
    raw(name, pod.json());
  }

  /** Adds a pod as JSON. */
  void raw(String name, String pod) {
    all.add(new Fixture(name, pod));
  }

  List<Fixture> all() {
    return all;
  }

  /** Compares the answers at every version of both levels with {@code checks/NAME.jsonl}. */
  void assertAnswers(String name) throws Exception {
    assertThat(all).extracting(Fixture::name).doesNotHaveDuplicates();
    var lines = new ArrayList<String>();
    for (Fixture fixture : all) {
      var line = new StringBuilder("{\"name\":");
      SamplePod.append(line, fixture.name());
      line.append(",\"pod\":").append(fixture.json());
      for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
        SamplePod.append(
            line.append(",\"").append(level).append("\":"), answers(level, fixture.pod()));
      }
      lines.add(line.append('}').toString());
    }
    Golden.assertLines("checks/" + name + ".jsonl", lines);
  }

  private static List<Object> answers(Level level, PodView pod) {
    var answers = new ArrayList<Object>();
    Object last = null;
    for (long minor = 0; minor <= EVALUATOR.newest().minor() + 1; minor++) {
      var verdict = EVALUATOR.evaluate(new LevelVersion(level, Version.of(minor)), pod);
      Map<String, Object> answer = answer(verdict);
      if (!answer.equals(last)) {
        var since = new LinkedHashMap<String, Object>();
        since.put("since", Version.of(minor).toString());
        since.putAll(answer);
        answers.add(since);
        last = answer;
      }
    }
    var latest = EVALUATOR.evaluate(new LevelVersion(level, Version.LATEST), pod);
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
}

package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.CheckFixtures.Fixture;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every check's test shows with its pods. The test of HostPorts is HostPortsTest. */
interface CheckTest {
  /** {@return the check under test} */
  Check check();

  /** Adds pods that show the check in every revision and every form of its message. */
  void addTo(CheckFixtures pods);

  private List<Fixture> pods() {
    var pods = new CheckFixtures();
    addTo(pods);
    return pods.all();
  }

  @Test
  default void answersAreThoseOnDisk() throws Exception {
    var pods = new CheckFixtures();
    addTo(pods);
    pods.assertAnswers(check().id());
  }

  @Test
  default void everyRevisionAllowsAndForbids() throws Exception {
    for (Check.Revision revision : check().revisions()) {
      var outcomes = new TreeSet<Boolean>();
      for (Fixture fixture : pods()) {
        outcomes.add(forbids(revision.since(), fixture.pod()));
      }
      assertThat(outcomes).as("%s", revision.since()).containsExactly(false, true);
    }
  }

  @Test
  default void everyRevisionDiffersFromTheOneBefore() throws Exception {
    List<Check.Revision> revisions = check().revisions();
    for (int i = 1; i < revisions.size(); i++) {
      Version since = revisions.get(i).since();
      Version before = Version.of(since.minor() - 1);
      boolean differs = false;
      for (Fixture fixture : pods()) {
        PodView pod = fixture.pod();
        differs |= forbids(since, pod) != forbids(before, pod);
      }
      assertThat(differs).as("%s", since).isTrue();
    }
  }

  @Test
  default void everyViolationNamesItsFields() throws Exception {
    for (Fixture fixture : pods()) {
      for (Check.Revision revision : check().revisions()) {
        for (Verdict.Violation violation : violations(revision.since(), fixture.pod())) {
          assertThat(violation.result().fields())
              .as(fixture.name())
              .isNotEmpty()
              .allSatisfy(field -> assertThat(field.path()).matches("(spec|metadata)[.].+"));
        }
      }
    }
  }

  private boolean forbids(Version version, PodView pod) {
    return violations(version, pod).stream()
        .anyMatch(violation -> violation.check().id().equals(check().id()));
  }

  private List<Verdict.Violation> violations(Version version, PodView pod) {
    Level level = check().level();
    return CheckFixtures.EVALUATOR.evaluate(new LevelVersion(level, version), pod).violations();
  }
}

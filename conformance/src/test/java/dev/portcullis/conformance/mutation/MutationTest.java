package dev.portcullis.conformance.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.conformance.compare.Kind;
import dev.portcullis.conformance.compare.Question;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A fault planted into any check is noticed within 10,000 generated pods. */
class MutationTest {
  private static final int PODS = 10_000;

  /** Faults that change nothing are tried on this many. */
  private static final int PODS_FOR_EQUIVALENT = 500;

  private static final long SEED = 137;

  /** A generated pod and what it is judged at. */
  private record Case(PodView pod, List<LevelVersion> at) {}

  @Test
  void everyFaultOfEveryRevisionIsNoticed() {
    List<Fault> faults = Faults.of(Checks.standard());
    Map<String, List<Fault>> alive =
        faults.stream()
            .collect(
                Collectors.groupingBy(
                    Fault::revision, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
    List<String> wronglyNoticed = new ArrayList<>();
    int last = 0;
    for (int i = 0; i < PODS && any(alive, i); i++) {
      Case made = make(i);
      if (i == PODS_FOR_EQUIVALENT) {
        alive.values().forEach(list -> list.removeIf(Fault::equivalent));
      }
      Map<Sight, PodView> views = new HashMap<>();
      for (String revision : active(made)) {
        List<Fault> here = alive.get(revision);
        if (!here.isEmpty()) {
          String right = text(here.getFirst().original().check(made.pod()));
          for (Fault noticed : noticed(here, made.pod(), right, views)) {
            here.remove(noticed);
            last = i;
            if (noticed.equivalent()) {
              wronglyNoticed.add(noticed.toString());
            }
          }
        }
      }
    }
    List<String> survivors =
        alive.values().stream()
            .flatMap(List::stream)
            .filter(f -> !f.equivalent())
            .map(Fault::toString)
            .toList();
    long equivalent = faults.stream().filter(Fault::equivalent).count();
    System.out.printf(
        "%d faults in %d revisions noticed, the last at pod %d; %d more change nothing%n",
        faults.size() - equivalent - survivors.size(), alive.size(), last + 1, equivalent);
    assertThat(survivors).as("not noticed within %d pods", PODS).isEmpty();
    assertThat(wronglyNoticed).as("said to change nothing").isEmpty();
  }

  @Test
  void everyFaultOfTheSetOfChecksIsNoticed() {
    Evaluator right = Evaluator.of(Checks.standard());
    Map<Faults.Selection, Evaluator> alive = new LinkedHashMap<>();
    for (Faults.Selection fault : Faults.selections(Checks.standard())) {
      alive.put(fault, Evaluator.of(fault.checks()));
    }
    int all = alive.size();
    List<Faults.Selection> noticed = new ArrayList<>();
    for (int i = 0; i < PODS && alive.keySet().stream().anyMatch(f -> !f.equivalent()); i++) {
      Case made = make(i);
      for (LevelVersion at : made.at()) {
        String answer = right.evaluate(at, made.pod()).detail();
        alive
            .entrySet()
            .removeIf(fault -> {
              boolean told = !fault.getValue().evaluate(at, made.pod()).detail().equals(answer);
              if (told) {
                noticed.add(fault.getKey());
              }
              return told;
            });
      }
    }
    System.out.printf(
        "%d of %d faults of choice, version and order noticed%n", noticed.size(), all);
    assertThat(alive.keySet()).as("not noticed").allMatch(Faults.Selection::equivalent);
    assertThat(noticed).as("said to change nothing").noneMatch(Faults.Selection::equivalent);
  }

  private static boolean any(Map<String, List<Fault>> alive, int pods) {
    return pods < PODS_FOR_EQUIVALENT
        || alive.values().stream().flatMap(List::stream).anyMatch(f -> !f.equivalent());
  }

  private static List<Fault> noticed(
      List<Fault> faults, PodView pod, String right, Map<Sight, PodView> views) {
    List<Fault> noticed = new ArrayList<>();
    for (Fault fault : faults) {
      PodView seen = views.computeIfAbsent(fault.sight(), sight -> sight.of().apply(pod));
      if (!text(fault.faulty().check(seen)).equals(right)) {
        noticed.add(fault);
      }
    }
    return noticed;
  }

  private static String text(CheckResult result) {
    return result == CheckResult.ALLOWED ? "" : result.toString();
  }

  /** {@return the revisions that have a say in this case} */
  private static Set<String> active(Case made) {
    Set<String> active = new HashSet<>();
    for (LevelVersion at : made.at()) {
      active.addAll(ACTIVE.computeIfAbsent(at, MutationTest::revisionsAt));
    }
    return active;
  }

  private static final Map<LevelVersion, Set<String>> ACTIVE = new HashMap<>();
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());

  private static Set<String> revisionsAt(LevelVersion at) {
    Set<String> names = new HashSet<>();
    for (Check check : EVALUATOR.checksAt(at)) {
      Check.Revision last = check.revisions().getFirst();
      for (Check.Revision revision : check.revisions()) {
        last = at.version().olderThan(revision.since()) ? last : revision;
      }
      names.add(Faults.name(check, last));
    }
    return names;
  }

  private static Case make(int index) {
    int size = Kind.PODS.size();
    if (index / size != batchIndex) {
      batchIndex = index / size;
      batch = Kind.PODS.batch(SEED, batchIndex).questions();
    }
    Question question = batch.get(index % size);
    List<LevelVersion> at = new ArrayList<>();
    if (question.members().get("at") instanceof Arr pairs) {
      pairs.items().forEach(pair -> at.add(parse(String.valueOf(Json.string(pair)))));
    }
    try {
      return new Case(PodDecoder.decode(question.line().subject(), JsonLimits.STANDARD), at);
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int batchIndex = -1;
  private static List<Question> batch = List.of();

  private static LevelVersion parse(String text) {
    String[] parts = text.split(":", 2);
    Level level = Level.parse(parts[0]);
    Version version = Version.parse(parts[1]);
    assertThat(level).isNotNull();
    assertThat(version).isNotNull();
    return new LevelVersion(level, version);
  }
}

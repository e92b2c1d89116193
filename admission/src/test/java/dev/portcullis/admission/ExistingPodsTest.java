package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.PodLister.Page;
import dev.portcullis.admission.PodLister.PodListException;
import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExistingPodsTest {
  private static final LevelVersion BASELINE = new LevelVersion(Level.BASELINE, Version.LATEST);
  private static final String NOT_LISTED =
      "failed to list pods while checking new PodSecurity enforce level";
  private static final String HEADER =
      "existing pods in namespace \"n\" violate the new PodSecurity enforce level"
          + " \"baseline:latest\"";

  /** A clock that goes on by a step each time somebody looks at it. */
  private static final class Ticking {
    private long now;
    private long step;

    long look() {
      now += step;
      return now;
    }
  }

  private final Ticking clock = new Ticking();

  private List<String> warnings(Deadline deadline, PodLister pods) {
    var exemptions = new Exemptions(Set.of(), Set.of(), Set.of("kata"));
    return new ExistingPods(Evaluator.of(Checks.standard()), exemptions, pods, PodNames.SHOWN)
        .warnings("n", BASELINE, deadline);
  }

  private static PodLister listing(List<PodView> pods) {
    return (namespace, deadline, page) -> page.accept(pods, 0);
  }

  private static PodView pod(String name, String owner) {
    String owners =
        owner == null
            ? ""
            : ",\"ownerReferences\":[{\"controller\":true,\"uid\":\"" + owner + "\"}]";
    String json =
        "{\"metadata\":{\"name\":\"" + name + "\"" + owners + "},\"spec\":{\"hostPID\":true}}";
    try {
      return PodDecoder.decode(
          JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<PodView> pods(int count) {
    return IntStream.range(0, count).mapToObj(i -> pod("pod" + i, null)).toList();
  }

  @Test
  void allPodsAreCheckedHoweverManyThereAre() {
    var warnings = warnings(Deadline.none(), listing(pods(4000)));

    assertThat(warnings).containsExactly(HEADER, "pod0 (and 3999 other pods): host namespaces");
  }

  @Test
  void theCheckStopsWhenItsTimeIsOver() {
    // Looked at once to start, once before the list, then after each pod.
    clock.step = TimeUnit.MILLISECONDS.toNanos(300);
    var warnings = warnings(Deadline.none(clock::look), listing(pods(5)));

    assertThat(warnings)
        .containsExactly(
            "new PodSecurity enforce level only checked against the first 3 of 5 existing pods",
            HEADER,
            "pod0 (and 2 other pods): host namespaces");
  }

  @Test
  void halfOfTheTimeLeftIsAllItTakes() {
    clock.step = TimeUnit.MILLISECONDS.toNanos(100);
    var warnings =
        warnings(Deadline.afterNanos(TimeUnit.SECONDS.toNanos(1), clock::look), listing(pods(9)));

    assertThat(warnings.getFirst()).contains("only checked against the first 4 of 9 existing pods");
  }

  @Test
  void anExpiredDeadlineListsNothing() {
    PodLister never =
        (namespace, deadline, page) -> {
          throw new AssertionError("listed");
        };

    assertThat(warnings(Deadline.afterNanos(0), never)).containsExactly(NOT_LISTED);
    assertThat(warnings(Deadline.afterNanos(-5), never)).containsExactly(NOT_LISTED);
    assertThat(warnings(Deadline.afterNanos(Long.MIN_VALUE), never)).containsExactly(NOT_LISTED);
  }

  @Test
  void aListThatFailsAtOnceSaysSo() {
    PodLister failing =
        (namespace, deadline, page) -> {
          throw new PodListException("no");
        };

    assertThat(warnings(Deadline.none(), failing)).containsExactly(NOT_LISTED);
  }

  @Test
  void aListThatFailsLaterTellsWhatWasSeen() {
    PodLister failing =
        (namespace, deadline, page) -> {
          page.accept(pods(2), 7);
          throw new PodListException("no");
        };
    PodLister failingInTheDark =
        (namespace, deadline, page) -> {
          page.accept(pods(2), Page.UNKNOWN);
          throw new PodListException("no");
        };

    assertThat(warnings(Deadline.none(), failing))
        .containsExactly(
            "new PodSecurity enforce level only checked against the first 2 of 9 existing pods",
            HEADER,
            "pod0 (and 1 other pod): host namespaces");
    assertThat(warnings(Deadline.none(), failingInTheDark)).containsExactly(NOT_LISTED);
  }

  @Test
  void noPageIsAskedForAfterTheTimeIsOver() {
    List<Boolean> wanted = new ArrayList<>();
    clock.step = TimeUnit.MILLISECONDS.toNanos(300);
    PodLister paged =
        (namespace, deadline, page) -> {
          wanted.add(page.accept(pods(2), 4));
          wanted.add(page.accept(pods(2), 2));
        };
    var warnings = warnings(Deadline.none(clock::look), paged);

    assertThat(wanted).containsExactly(true, false);
    assertThat(warnings.getFirst()).contains("first 3 of 6 existing pods");
  }

  @Test
  void theFirstOfEachControllerComesBeforeItsReplicas() {
    var pods =
        List.of(
            pod("a1", "a"),
            pod("a2", "a"),
            pod("a3", "a"),
            pod("b1", "b"),
            pod("b2", "b"),
            pod("own", null));
    clock.step = TimeUnit.MILLISECONDS.toNanos(300);
    var warnings = warnings(Deadline.none(clock::look), listing(pods));

    assertThat(warnings)
        .containsExactly(
            "new PodSecurity enforce level only checked against the first 3 of 6 existing pods",
            HEADER,
            "a1 (and 2 other pods): host namespaces");
  }

  @Test
  void moreReplicasThanAreKeptAreJudgedAtOnce() {
    var pods = IntStream.range(0, 25_000).mapToObj(i -> pod("p" + (i + 100_000), "a")).toList();

    assertThat(warnings(Deadline.none(), listing(pods)))
        .containsExactly(HEADER, "p100000 (and 24999 other pods): host namespaces");
  }

  @Test
  void podsAreCountedWhereNamesAreNotTold() {
    var mixed = List.of(pod("a1", "a"), pod("a2", "a"), pod("own", null));
    var existing =
        new ExistingPods(
            Evaluator.of(Checks.standard()), Exemptions.NONE, listing(mixed), PodNames.COUNTED);
    assertThat(existing.warnings("n", BASELINE, Deadline.none()))
        .containsExactly(HEADER, "3 pods: host namespaces");
  }

  @Test
  void aListThatStopsInTheDarkDoesNotInventHowManyThereAre() {
    clock.step = TimeUnit.MILLISECONDS.toNanos(300);
    PodLister endless =
        (namespace, deadline, page) -> {
          while (page.accept(pods(2), Page.UNKNOWN)) {
            // Goes on.
          }
        };
    assertThat(warnings(Deadline.none(clock::look), endless).getFirst())
        .isEqualTo("new PodSecurity enforce level only checked against the first 3 existing pods");
  }

  @Test
  void oneListOfANamespaceAndFourInAllRunAtOnce() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var perNamespace = new ConcurrentHashMap<String, AtomicInteger>();
    var mostOfOne = new AtomicInteger();
    var full = new CountDownLatch(4);
    PodLister slow =
        (namespace, deadline, page) -> {
          var ofOne = perNamespace.computeIfAbsent(namespace, name -> new AtomicInteger());
          mostOfOne.accumulateAndGet(ofOne.incrementAndGet(), Math::max);
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          full.countDown();
          try {
            assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new PodListException("interrupted", e);
          }
          page.accept(pods(1), 0);
          running.decrementAndGet();
          ofOne.decrementAndGet();
        };
    var existing =
        new ExistingPods(Evaluator.of(Checks.standard()), Exemptions.NONE, slow, PodNames.SHOWN);
    var answers = new ArrayList<Future<List<String>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 48; i++) {
        String namespace = "n" + i % 8;
        answers.add(threads.submit(() -> existing.warnings(namespace, BASELINE, Deadline.none())));
      }
    }
    assertThat(most).hasValue(4);
    assertThat(mostOfOne).hasValue(1);
    for (Future<List<String>> answer : answers) {
      assertThat(answer.get()).hasSize(2);
    }
  }
}

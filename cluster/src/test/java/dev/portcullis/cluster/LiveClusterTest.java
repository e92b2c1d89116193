package dev.portcullis.cluster;

import static dev.portcullis.cluster.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.PodLister;
import dev.portcullis.admission.harden.HardenOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a small API server of our own: the end-to-end tests bring a real one. */
@Timeout(180)
class LiveClusterTest {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  private final FakeApiServer server = new FakeApiServer();
  private LiveCluster cluster;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server.put("shop", "baseline");
    server.put("payments", "restricted");
    cluster = LiveCluster.of(server.kubeconfig(folder));
    cluster.awaitSynced();
    await(server::isWatched);
  }

  @AfterEach
  void stop() {
    cluster.close();
    server.close();
  }

  @Test
  void keepsOnlyWhatAdmissionReads() {
    assertThat(labels("shop")).isEqualTo(Map.of(ENFORCE, "baseline"));
    assertThat(cluster.size()).isEqualTo(2);
    assertThat(cluster.synced()).isTrue();
  }

  @Test
  void keepsTheLabelsOfHardening() {
    server.tellRaw(
        """
        {"type":"ADDED","object":{"metadata":{"name":"hardened","resourceVersion":"9","labels":{\
        "team":"shop","portcullis.dev/harden":"restricted","portcullis.dev/harden-version":"v1.30",\
        "portcullis.dev/harden-allow":"may-break","portcullis.dev/harden-warn":"true"}}}}
        """);
    await(() -> cluster.namespaces().answersAtOnce("hardened"));
    assertThat(labels("hardened"))
        .isEqualTo(
            Map.of(
                HardenOrder.LEVEL, "restricted",
                HardenOrder.VERSION, "v1.30",
                HardenOrder.ALLOW, "may-break",
                HardenOrder.WARN, "true"));
  }

  @Test
  void followsChanges() {
    server.put("shop", "restricted");
    server.put("new", "baseline");
    server.remove("payments");

    await(() ->
        cluster.namespaces().answersAtOnce("new")
            && !cluster.namespaces().answersAtOnce("payments"));
    assertThat(labels("shop")).isEqualTo(Map.of(ENFORCE, "restricted"));
    assertThat(labels("new")).isEqualTo(Map.of(ENFORCE, "baseline"));
  }

  @Test
  void keepsTheSameAnswerWhileLabelsStayTheSame() {
    Lookup before = lookup("shop");
    server.put("shop", "baseline");
    server.put("later", "baseline");
    await(() -> cluster.size() == 3);
    assertThat(lookup("shop")).isSameAs(before);
  }

  @Test
  void asksForWhatItHasNotHeardOf() {
    server.putUnheard("quiet", "restricted");
    assertThat(cluster.namespaces().answersAtOnce("quiet")).isFalse();
    assertThat(labels("quiet")).isEqualTo(Map.of(ENFORCE, "restricted"));
  }

  @Test
  void quotesTheApiServer() {
    assertThat(lookup("missing")).isEqualTo(Lookup.failed("namespaces \"missing\" not found"));
  }

  @Test
  void escapesNamesInPaths() {
    assertThat(lookup("a/b?c")).isEqualTo(Lookup.failed("namespaces \"a/b?c\" not found"));
    assertThat(server.requests).contains("/api/v1/namespaces/a%2Fb%3Fc");
  }

  @Test
  void asksOnceHoweverManyWait() throws Exception {
    server.putUnheard("quiet", "restricted");
    CountDownLatch gate = server.hold();
    List<Lookup> answers = new CopyOnWriteArrayList<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      clients.add(Thread.ofPlatform().start(() -> answers.add(lookup("quiet"))));
    }
    await(
        () -> clients.stream().allMatch(client -> client.getState() == Thread.State.TIMED_WAITING));
    gate.countDown();
    for (Thread client : clients) {
      client.join();
    }
    assertThat(answers).hasSize(64).allMatch(Lookup.Found.class::isInstance);
    assertThat(asked("quiet")).isEqualTo(1);
  }

  @Test
  void doesNotTakeAnOlderNotFoundForAnAnswer() throws Exception {
    CountDownLatch gate = server.hold();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var early = CompletableFuture.supplyAsync(() -> lookup("fresh"), clients);
      await(() -> asked("fresh") == 1);
      server.putUnheard("fresh", "baseline");
      var late = CompletableFuture.supplyAsync(() -> lookup("fresh"), clients);
      gate.countDown();
      assertThat(early.get(10, TimeUnit.SECONDS))
          .isEqualTo(Lookup.failed("namespaces \"fresh\" not found"));
      assertThat(late.get(10, TimeUnit.SECONDS)).isInstanceOf(Lookup.Found.class);
    }
  }

  @Test
  void asksForNoNamespaceThatCannotExist() {
    int before = server.requests.size();
    for (String name :
        List.of("Shop", "a_b", "a b", "a\nb", "\u202e", "x".repeat(254), "x".repeat(2_500_000))) {
      assertThat(cluster.namespaces().lookUpMayBlock(name)).isFalse();
      assertThat(cluster.namespaces().lookUp(name, Deadline.none()))
          .isInstanceOfSatisfying(
              Lookup.Failed.class,
              failed ->
                  assertThat(failed.message()).startsWith("namespaces \"").endsWith(" not found"));
    }
    assertThat(cluster.namespaces().lookUp("a/b", Deadline.none()))
        .isEqualTo(Lookup.failed("invalid resource name \"a/b\": [may not contain '/']"));
    assertThat(server.requests.subList(before, server.requests.size()))
        .noneMatch(request -> request.contains("/namespaces/"));
  }

  @Test
  void asksForThirtyTwoNamespacesAtOnce() throws Exception {
    CountDownLatch gate = server.hold();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Lookup>>();
      for (int i = 0; i < 100; i++) {
        String name = "unknown-" + i;
        answers.add(threads.submit(() -> lookup(name)));
      }
      await(() -> unknown() == 32);
      gate.countDown();
      for (Future<Lookup> answer : answers) {
        assertThat(answer.get()).isInstanceOf(Lookup.Failed.class);
      }
    }
    assertThat(unknown()).isEqualTo(100);
  }

  private long unknown() {
    return server.requests.stream().filter(request -> request.contains("/unknown-")).count();
  }

  @Test
  void givesUpAtTheDeadline() {
    server.hold();
    assertThat(cluster.namespaces().get("slow", Deadline.afterNanos(50_000_000)))
        .isEqualTo(Lookup.failed("the API server did not answer in time"));
  }

  @Test
  void goesOnFromWhatItKnowsWhenTheApiServerIsAway() {
    server.goAway();
    await(() -> cluster.age().toMillis() > 500);
    assertThat(labels("shop")).isEqualTo(Map.of(ENFORCE, "baseline"));
    assertThat(lookup("missing")).isEqualTo(Lookup.failed("the API server cannot be reached"));

    server.put("meanwhile", "baseline");
    server.comeBack();
    await(() -> cluster.size() == 3 && cluster.age().toMillis() < 500);
    assertThat(cluster.alive()).isTrue();
  }

  @Test
  void listsAgainWhereAWatchCannotGoOn() {
    server.putUnheard("quiet", "baseline");
    server.forget();
    await(() -> cluster.namespaces().answersAtOnce("quiet"));
  }

  @Test
  void listsAgainAndAgainWhereItMayNotWatch() {
    server.letWatch(false);
    await(() -> !server.isWatched());
    server.put("shop", "restricted");
    await(() -> labels("shop").equals(Map.of(ENFORCE, "restricted")));
    assertThat(cluster.synced()).isTrue();
  }

  @Test
  void isNotSyncedBeforeItMayWatch(@TempDir Path folder) throws Exception {
    server.letWatch(false);
    try (LiveCluster second = LiveCluster.of(server.kubeconfig(folder))) {
      await(() -> second.size() == 2);
      assertThat(second.synced()).isFalse();
      server.letWatch(true);
      second.awaitSynced();
      assertThat(second.synced()).isTrue();
    }
  }

  @Test
  void listsAgainAfterAnErrorInTheWatch() {
    server.putUnheard("quiet", "baseline");
    server.tellRaw("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n");
    await(() -> cluster.namespaces().answersAtOnce("quiet"));
  }

  @Test
  void survivesAnEventThatIsNoJson() {
    server.tellRaw("<html>\n");
    server.put("after", "baseline");
    await(() -> cluster.namespaces().answersAtOnce("after"));
  }

  @Test
  void listsNamespacesAndPodsInPages(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 1_200; i++) {
      server.put("n" + i, "baseline");
    }
    server.addPods("shop", 1_100);
    try (LiveCluster second = LiveCluster.of(server.kubeconfig(folder))) {
      second.awaitSynced();
      assertThat(second.size()).isEqualTo(1_202);
      List<String> pages = new ArrayList<>();
      second
          .pods()
          .list(
              "shop",
              Deadline.none(),
              (pods, remaining) -> pages.add(pods.size() + "+" + remaining));
      assertThat(pages).containsExactly("500+600", "500+100", "100+0");
    }
  }

  @Test
  void stopsListingPodsWhenNoMoreAreWanted() throws Exception {
    server.addPods("shop", 1_100);
    List<Integer> pages = new ArrayList<>();
    cluster
        .pods()
        .list(
            "shop",
            Deadline.none(),
            (pods, remaining) -> {
              pages.add(pods.size());
              return false;
            });
    assertThat(pages).containsExactly(500);
  }

  @Test
  void failsToListPodsAfterTheDeadlineOrWithoutAnApiServer() {
    assertThatThrownBy(
            () -> cluster.pods().list("shop", Deadline.afterNanos(0), (pods, remaining) -> true))
        .isInstanceOf(PodLister.PodListException.class)
        .hasMessage("the deadline passed before all pods were listed");
    server.goAway();
    assertThatThrownBy(
            () -> cluster.pods().list("shop", Deadline.none(), (pods, remaining) -> true))
        .isInstanceOf(PodLister.PodListException.class)
        .hasMessage("the API server cannot be reached");
  }

  @Test
  void namesAKubeconfigThatIsNone(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> LiveCluster.of(missing))
        .hasMessage("cannot read the kubeconfig " + missing);
    Path broken = Files.writeString(folder.resolve("broken"), "{ no yaml");
    assertThatThrownBy(() -> LiveCluster.of(broken))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("the kubeconfig " + broken + " cannot be used: ");
  }

  private Map<String, String> labels(String name) {
    return lookup(name) instanceof Lookup.Found found ? found.labels() : Map.of();
  }

  private Lookup lookup(String name) {
    return cluster.namespaces().get(name, Deadline.none());
  }

  private long asked(String name) {
    return server.requests.stream().filter(("/api/v1/namespaces/" + name)::equals).count();
  }
}

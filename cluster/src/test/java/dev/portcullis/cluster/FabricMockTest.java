package dev.portcullis.cluster;

import static dev.portcullis.cluster.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.PodLister;
import dev.portcullis.policy.pod.PodView;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceListBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Against Fabric8's mock server, whose objects and texts are not ours.
 *
 * <p>It answers a watch by WebSocket only, and we watch by HTTP, as kubectl does: what needs a
 * watch, and so whether a cluster is synced, is in {@link LiveClusterTest}.
 */
@Timeout(180)
class FabricMockTest {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  @Nested
  @EnableKubernetesMockClient(crud = true)
  class WithObjects {
    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void listsNamespacesAndAsksForThoseItHasNotHeardOf() throws Exception {
      make("shop", "baseline");
      try (var cluster = new LiveCluster(new ApiServer(client.getConfiguration()))) {
        await(() -> cluster.size() == 1);
        assertThat(labels(cluster, "shop")).isEqualTo(Map.of(ENFORCE, "baseline"));

        make("later", "restricted");
        assertThat(labels(cluster, "later")).isEqualTo(Map.of(ENFORCE, "restricted"));
        client.namespaces().withName("later").delete();
        assertThat(cluster.namespaces().get("later", Deadline.none()))
            .isInstanceOf(Lookup.Failed.class);
      }
    }

    private void make(String name, String level) {
      client
          .namespaces()
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels(ENFORCE, level)
                  .addToLabels("team", "a")
                  .endMetadata()
                  .build())
          .create();
    }
  }

  @Nested
  @EnableKubernetesMockClient
  class WithExpectations {
    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void followsContinueTokensOfPods() throws Exception {
      expect("/api/v1/namespaces/shop/pods?limit=500", 200, pods("a/b+c=", 2L, "one", "two"));
      expect(
          "/api/v1/namespaces/shop/pods?limit=500&continue=a%2Fb%2Bc%3D",
          200, pods("", null, "three"));
      List<String> pages = new ArrayList<>();
      new PagedPods(new ApiServer(client.getConfiguration()))
          .list(
              "shop",
              Deadline.none(),
              (pods, remaining) ->
                  pages.add(
                      String.join(",", pods.stream().map(PodView::name).toList())
                          + "+"
                          + remaining));
      assertThat(pages).containsExactly("one,two+2", "three+0");
    }

    @Test
    void quotesTheApiServerWhenAContinueTokenHasExpired() {
      expect("/api/v1/namespaces/shop/pods?limit=500", 200, pods("old", null, "one"));
      expect("/api/v1/namespaces/shop/pods?limit=500&continue=old", 410, gone());
      assertThatThrownBy(() ->
              new PagedPods(new ApiServer(client.getConfiguration()))
                  .list("shop", Deadline.none(), (pods, remaining) -> true))
          .isInstanceOf(PodLister.PodListException.class)
          .hasMessage("The provided continue parameter is too old");
    }

    @Test
    void startsAListOfNamespacesAnewWhenItsContinueTokenHasExpired() throws Exception {
      expect("/api/v1/namespaces?limit=500", 200, namespaces("old", "gone"));
      expect("/api/v1/namespaces?limit=500&continue=old", 410, gone());
      expect("/api/v1/namespaces?limit=500", 200, namespaces("", "shop"));
      try (var cluster = new LiveCluster(new ApiServer(client.getConfiguration()))) {
        await(() -> cluster.size() == 1);
        assertThat(cluster.namespaces().answersAtOnce("shop")).isTrue();
      }
    }

    private void expect(String path, int status, Object body) {
      server.expect().get().withPath(path).andReturn(status, body).once();
    }
  }

  private static Object pods(String continuation, Long remaining, String... names) {
    var list =
        new PodListBuilder()
            .withNewMetadata()
            .withContinue(continuation)
            .withRemainingItemCount(remaining)
            .endMetadata();
    for (String name : names) {
      list.addToItems(
          new PodBuilder()
              .withNewMetadata()
              .withName(name)
              .endMetadata()
              .withNewSpec()
              .addNewContainer()
              .withName("c")
              .endContainer()
              .endSpec()
              .build());
    }
    return list.build();
  }

  private static Object namespaces(String continuation, String name) {
    return new NamespaceListBuilder()
        .withNewMetadata()
        .withContinue(continuation)
        .withResourceVersion("1")
        .endMetadata()
        .addNewItem()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .endItem()
        .build();
  }

  private static Object gone() {
    return new StatusBuilder()
        .withStatus("Failure")
        .withReason("Expired")
        .withMessage("The provided continue parameter is too old")
        .withCode(410)
        .build();
  }

  private static Map<String, String> labels(LiveCluster cluster, String name) {
    return cluster.namespaces().get(name, Deadline.none()) instanceof Lookup.Found found
        ? found.labels()
        : Map.of();
  }
}

package dev.portcullis.cluster;

import static dev.portcullis.cluster.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FolderClusterTest {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  @TempDir Path folder;

  @Test
  void readsNamespacesAndPodsInOrder() throws Exception {
    write(
        "b.yaml",
        namespace("shop", "baseline")
            + "---\n"
            + "{apiVersion: v1, kind: Pod, metadata: {name: p2, namespace: shop}, spec:"
            + " {containers: []}}\n"
            + "---\n"
            + "{apiVersion: v1, kind: Pod, metadata: {name: p1}, spec: {containers: []}}\n");
    write(
        "a/x.json",
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p0\",\"namespace\":\"shop\"},\"spec\":{}}");
    write("..data/b.yaml", namespace("hidden", "baseline"));
    write("notes.txt", "not: [a manifest");

    var cluster = FolderCluster.read(folder);

    assertThat(cluster.size()).isEqualTo(1);
    assertThat(labels(cluster, "shop")).isEqualTo(Map.of(ENFORCE, "baseline"));
    assertThat(cluster.namespaces().get("hidden", Deadline.none()))
        .isEqualTo(Lookup.failed("namespaces \"hidden\" not found"));
    assertThat(pods(cluster, "shop")).containsExactly("p0", "p2");
    assertThat(pods(cluster, "default")).containsExactly("p1");
    assertThat(pods(cluster, "")).containsExactly("p0", "p2", "p1");
    assertThat(pods(cluster, "none")).isEmpty();
  }

  @Test
  void takesTheLastOfSeveralForOneNamespace() throws Exception {
    write("a.yaml", namespace("shop", "baseline"));
    write("b.yaml", namespace("shop", "restricted"));
    assertThat(labels(FolderCluster.read(folder), "shop")).isEqualTo(Map.of(ENFORCE, "restricted"));
  }

  @Test
  void namesWhatItCannotRead() throws Exception {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> FolderCluster.read(missing))
        .isInstanceOf(ClusterException.class)
        .hasMessage(missing + " does not exist; --cluster takes a file or folder of manifests");
    Path broken = write("broken.yaml", "kind: Pod\n  apiVersion: v1\n");
    assertThatThrownBy(() -> FolderCluster.read(folder))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith(broken + ":");
  }

  @Test
  void followsChangesAndKeepsWhatItHadWhenTheyCannotBeRead() throws Exception {
    Path file = write("a.yaml", namespace("shop", "baseline"));
    var cluster = FolderCluster.read(folder);
    try (var watch = new FilePoller(Duration.ofMillis(10))) {
      cluster.follow(watch);
      Files.writeString(file, namespace("shop", "restricted"));
      await(() -> labels(cluster, "shop").containsValue("restricted"));
      Files.writeString(file, "broken: [");
      write("b.yaml", namespace("other", "baseline"));
      Files.writeString(file, namespace("shop", "privileged"));
      await(() -> labels(cluster, "shop").containsValue("privileged") && cluster.size() == 2);
    }
  }

  @Test
  void seesASymlinkSwitchFarUpThePath() throws Exception {
    // As a kubelet mounts a ConfigMap: the file is a link into ..data, which is a link that is
    // replaced.
    write("..1/config.yaml", namespace("shop", "baseline"));
    write("..2/config.yaml", namespace("shop", "restricted"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(folder.resolve("config.yaml"), Path.of("..data/config.yaml"));
    var cluster = FolderCluster.read(folder.resolve("config.yaml"));
    try (var watch = new FilePoller(Duration.ofMillis(10))) {
      cluster.follow(watch);
      Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of("..2"));
      Files.move(next, folder.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      await(() -> labels(cluster, "shop").containsValue("restricted"));
    }
  }

  private Path write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String namespace(String name, String level) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s: %s}}}\n"
        .formatted(name, ENFORCE, level);
  }

  private static Map<String, String> labels(FolderCluster cluster, String name) {
    return cluster.namespaces().get(name, Deadline.none()) instanceof Lookup.Found found
        ? found.labels()
        : Map.of();
  }

  private static List<String> pods(FolderCluster cluster, String namespace) throws Exception {
    List<String> names = new ArrayList<>();
    cluster
        .pods()
        .list(
            namespace,
            Deadline.none(),
            (pods, remaining) -> {
              pods.forEach(pod -> names.add(pod.name()));
              return true;
            });
    return names;
  }
}

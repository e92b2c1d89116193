package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster without nodes, for one suite: etcd and an API server on loopback with fresh
 * certificates and, unless it is {@link #still}, the controllers and the stand-in kubelet.
 *
 * <p>Its folder below {@code target/e2e} keeps the logs; everything else goes when it is closed.
 */
final class Cluster implements AutoCloseable {
  private final Path folder;
  private final CertificateAuthority authority = CertificateAuthority.named("e2e-cluster");
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Etcd etcd;
  private final ApiServer server;
  private final Kubectl kubectl;

  private Cluster(String suite, PodSecurityPlugin plugin) {
    this.folder = emptyFolder(suite);
    try {
      this.etcd = add(Etcd.start(folder));
      this.server = add(ApiServer.start(folder, etcd.url(), plugin, authority));
      this.kubectl = Kubectl.of(server.admin(), folder);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a cluster in which Deployments make pods and pods become ready. The in-tree plugin is
   * off.
   */
  static Cluster lively(String suite) {
    Cluster cluster = controlled(suite);
    cluster.add(StandInKubelet.start(cluster.admin()));
    return cluster;
  }

  /** Starts a cluster with controllers, in which pods stay pending. The in-tree plugin is off. */
  static Cluster controlled(String suite) {
    var cluster = new Cluster(suite, new PodSecurityPlugin.Off());
    try {
      cluster.add(ControllerManager.start(cluster.folder, cluster.server));
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** Starts a cluster in which nothing moves but what the suite does itself. */
  static Cluster still(String suite, PodSecurityPlugin plugin) {
    return new Cluster(suite, plugin);
  }

  Path folder() {
    return folder;
  }

  Etcd etcd() {
    return etcd;
  }

  ApiServer server() {
    return server;
  }

  ApiClient admin() {
    return server.admin();
  }

  String authorityPem() {
    return authority.pem();
  }

  Kubectl kubectl() {
    return kubectl;
  }

  /** Makes a namespace that can have pods: the controllers make its default service account. */
  void makeNamespace(String name, Map<String, String> labels) {
    createNamespace(name, labels);
    Eventually.holds(
        "the default service account of " + name,
        Duration.ofSeconds(30),
        () -> admin().reaches("/api/v1/namespaces/" + name + "/serviceaccounts/default"));
  }

  /** Makes a namespace that can have pods where no controllers are at work. */
  void makeStillNamespace(String name, Map<String, String> labels) {
    createNamespace(name, labels);
    makeServiceAccount(name);
  }

  /** Makes the default service account of a namespace, without which no pod is admitted. */
  void makeServiceAccount(String namespace) {
    ObjectNode account = ApiClient.JSON.createObjectNode();
    account.putObject("metadata").put("name", "default");
    admin().create("/api/v1/namespaces/" + namespace + "/serviceaccounts", account).expectSuccess();
  }

  private void createNamespace(String name, Map<String, String> labels) {
    ObjectNode namespace = ApiClient.JSON.createObjectNode();
    ObjectNode metadata = namespace.putObject("metadata").put("name", name);
    ObjectNode labelled = metadata.putObject("labels");
    labels.forEach(labelled::put);
    admin().create("/api/v1/namespaces", namespace).expectSuccess();
  }

  /** Lets a part, such as a webhook, be closed with the cluster, before the parts that it needs. */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close a part of " + folder, e);
      }
    }
    delete(folder.resolve("etcd"));
  }

  /** Closes a cluster unless its start has already failed. */
  static void closeStarted(@Nullable Cluster cluster) {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Path emptyFolder(String suite) {
    Path folder = Tools.module().resolve("target/e2e").resolve(suite);
    delete(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

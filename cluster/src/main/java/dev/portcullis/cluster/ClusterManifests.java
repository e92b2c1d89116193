package dev.portcullis.cluster;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.policy.json.JsonException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects of any kind in a live cluster, as the manifests that they are.
 *
 * <p>Lists are read in pages and once; nothing is followed.
 */
public final class ClusterManifests implements AutoCloseable {
  private static final int PAGE = 500;
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);
  private static final int NOT_FOUND = 404;

  /** What files from a cluster are called. */
  public static final String NAME = "cluster";

  private final ApiServer server;
  private final ManifestReader reader = new ManifestReader();

  private ClusterManifests(ApiServer server) {
    this.server = server;
  }

  /** {@return the cluster that the current context of this kubeconfig names} */
  public static ClusterManifests of(Path kubeconfig) throws ClusterException {
    return new ClusterManifests(ApiServer.of(kubeconfig));
  }

  /** {@return where it is read from} */
  public String url() {
    return server.url();
  }

  /**
   * Lists objects.
   *
   * @param resource the path of a resource, such as {@code apis/apps/v1/deployments}
   * @param page takes them, some at a time
   * @return whether the cluster serves the resource
   */
  public boolean list(String resource, Consumer<ManifestFile> page) throws ClusterException {
    String continuation = "";
    do {
      String path = resource + "?limit=" + PAGE;
      if (!continuation.isEmpty()) {
        path += "&continue=" + URLEncoder.encode(continuation, StandardCharsets.UTF_8);
      }
      ApiServer.Reply reply = ask(resource, path);
      if (reply.code() == NOT_FOUND) {
        return false;
      }
      if (!reply.ok()) {
        throw new ClusterException(failed(resource, reply.failure().message()));
      }
      try {
        continuation = ObjectDecoder.page(reply.body()).continuation();
      } catch (JsonException e) {
        throw new ClusterException(failed(resource, e.getMessage()), e);
      }
      page.accept(reader.read(NAME, reply.body().copy()));
    } while (!continuation.isEmpty());
    return true;
  }

  private ApiServer.Reply ask(String resource, String path) throws ClusterException {
    try {
      return server.await(path, LONGEST_WAIT);
    } catch (IOException e) {
      throw new ClusterException(failed(resource, e.getMessage()), e);
    }
  }

  private static String failed(String resource, @Nullable String why) {
    return "cannot list " + resource + ": " + why;
  }

  @Override
  public void close() {
    server.close();
  }
}

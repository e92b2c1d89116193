package dev.portcullis.cluster;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonSlice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects of any kind in a live cluster, as the manifests that they are.
 *
 * <p>Lists are read in pages, as they come, and once; nothing is followed.
 */
public final class ClusterManifests implements AutoCloseable {
  private static final int PAGE = 500;

  /** So many bytes of objects are read before those are handed over, be the page through or not. */
  private static final int MAX_BATCH = 8 << 20;

  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);
  private static final int NOT_FOUND = 404;

  /** Some clouds write a plus behind it. */
  private static final Pattern MINOR =
      Pattern.compile("\"minor\"\\s*:\\s*\"(\\d{1,4})[^\"]{0,20}\"");

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

  /** {@return the N of the API server's version 1.N} */
  public int minor() throws ClusterException {
    ApiServer.Reply reply;
    try {
      reply = server.await("version", LONGEST_WAIT);
    } catch (IOException e) {
      throw new ClusterException(failed("version", e.getMessage()), e);
    }
    if (!reply.ok()) {
      throw new ClusterException(failed("version", reply.failure().message()));
    }
    var found = MINOR.matcher(new String(reply.body().copy(), StandardCharsets.UTF_8));
    if (!found.find()) {
      throw new ClusterException(failed("version", "it names no minor version"));
    }
    return Integer.parseInt(found.group(1));
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
      var batch = new Batch(page);
      var list = new ListBody(batch);
      ApiServer.Reply refusal = ask(resource, path, list);
      if (refusal != null && refusal.code() == NOT_FOUND) {
        return false;
      }
      if (refusal != null) {
        throw new ClusterException(failed(resource, refusal.failure().message()));
      }
      batch.flush(list);
      try {
        continuation = ObjectDecoder.page(list.frame()).continuation();
      } catch (JsonException e) {
        throw new ClusterException(failed(resource, e.getMessage()), e);
      }
    } while (!continuation.isEmpty());
    return true;
  }

  private ApiServer.@Nullable Reply ask(String resource, String path, ListBody list)
      throws ClusterException {
    try {
      return server.read(path, list, LONGEST_WAIT);
    } catch (IOException e) {
      throw new ClusterException(failed(resource, e.getMessage()), e);
    }
  }

  /** Objects of one page, as a list of their own with the page's kind. */
  private final class Batch implements ListBody.Items {
    private final Consumer<ManifestFile> page;
    private final ByteArrayOutputStream objects = new ByteArrayOutputStream();

    Batch(Consumer<ManifestFile> page) {
      this.page = page;
    }

    @Override
    public boolean take(JsonSlice object, ListBody list) {
      if (objects.size() > 0) {
        objects.write(',');
      }
      objects.write(object.bytes(), object.offset(), object.length());
      if (objects.size() >= MAX_BATCH) {
        flush(list);
      }
      return true;
    }

    void flush(ListBody list) {
      page.accept(reader.read(NAME, list.with(objects.toByteArray())));
      objects.reset();
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

package dev.portcullis.cluster;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.PodLister;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lists pods from the API server, a page at a time; only the views of one page are held. */
final class PagedPods implements PodLister {
  private static final int PAGE = 500;
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);

  private final ApiServer server;

  PagedPods(ApiServer server) {
    this.server = server;
  }

  @Override
  public void list(String namespace, Deadline deadline, Page page) throws PodListException {
    String path =
        (namespace.isEmpty() ? "api/v1/pods" : "api/v1/namespaces/" + encode(namespace) + "/pods")
            + "?limit="
            + PAGE;
    String continuation = "";
    do {
      if (deadline.expired()) {
        throw new PodListException("the deadline passed before all pods were listed");
      }
      ObjectDecoder.ListPage list =
          ask(continuation.isEmpty() ? path : path + "&continue=" + encode(continuation), deadline);
      continuation = list.continuation();
      long remaining = continuation.isEmpty() ? 0 : list.remaining().orElse(Page.UNKNOWN);
      if (!page.accept(views(list.items()), remaining)) {
        return;
      }
    } while (!continuation.isEmpty());
  }

  private ObjectDecoder.ListPage ask(String path, Deadline deadline) throws PodListException {
    try {
      ApiServer.Reply reply =
          server.await(path, Math.min(LONGEST_WAIT, Math.max(1, deadline.remaining())));
      if (!reply.ok()) {
        throw new PodListException(reply.failure().message());
      }
      return ObjectDecoder.page(reply.body());
    } catch (IOException | JsonException e) {
      throw new PodListException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<PodView> views(List<JsonSlice> items) throws PodListException {
    var pods = new ArrayList<PodView>(items.size());
    try {
      for (JsonSlice item : items) {
        pods.add(PodDecoder.decode(item, ObjectDecoder.LIMITS));
      }
    } catch (JsonException e) {
      throw new PodListException(
          "the API server sent a pod that cannot be read: " + e.getMessage(), e);
    }
    return pods;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

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

/**
 * Lists pods from the API server, a page at a time and decoded as it comes; only views of pods of a
 * megabyte are held.
 */
final class PagedPods implements PodLister {
  private static final int PAGE = 500;

  /** So many bytes of pods are read before those are handed over, be the page through or not. */
  private static final int MAX_BATCH = 1 << 20;

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
      var batch = new Batch(page);
      var list = new ListBody(batch);
      ask(
          continuation.isEmpty() ? path : path + "&continue=" + encode(continuation),
          list,
          deadline);
      if (list.ended()) {
        return;
      }
      ObjectDecoder.ListPage read = frame(list);
      continuation = read.continuation();
      if (!batch.flush(remaining(read))) {
        return;
      }
    } while (!continuation.isEmpty());
  }

  private void ask(String path, ListBody list, Deadline deadline) throws PodListException {
    try {
      ApiServer.Reply refusal =
          server.read(path, list, Math.min(LONGEST_WAIT, Math.max(1, deadline.remaining())));
      if (refusal != null) {
        throw new PodListException(refusal.failure().message());
      }
    } catch (IOException e) {
      throw new PodListException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectDecoder.ListPage frame(ListBody list) throws PodListException {
    try {
      return ObjectDecoder.page(list.frame());
    } catch (JsonException e) {
      throw new PodListException(String.valueOf(e.getMessage()), e);
    }
  }

  private static long remaining(ObjectDecoder.ListPage page) {
    return page.continuation().isEmpty() ? 0 : page.remaining().orElse(Page.UNKNOWN);
  }

  /** Pods of one page that were read and not handed over yet. */
  private static final class Batch implements ListBody.Items {
    private final Page page;
    private List<PodView> pods = new ArrayList<>();
    private int taken;
    private int bytes;

    Batch(Page page) {
      this.page = page;
    }

    @Override
    public boolean take(JsonSlice object, ListBody list) throws IOException, JsonException {
      try {
        pods.add(PodDecoder.decode(object, ObjectDecoder.LIMITS));
      } catch (JsonException e) {
        throw new IOException(
            "the API server sent a pod that cannot be read: " + e.getMessage(), e);
      }
      taken++;
      bytes += object.length();
      return bytes < MAX_BATCH || flush(remainingBehind(list));
    }

    /**
     * {@return how many pods come after those taken}: a page that is not the last is full, and how
     * many the last one holds nobody says.
     */
    private long remainingBehind(ListBody list) throws JsonException {
      ObjectDecoder.ListPage head = list.head();
      return head.continuation().isEmpty() || head.remaining().isEmpty()
          ? Page.UNKNOWN
          : head.remaining().getAsLong() + Math.max(0, PAGE - taken);
    }

    boolean flush(long remaining) {
      List<PodView> read = pods;
      pods = new ArrayList<>();
      bytes = 0;
      return page.accept(read, remaining);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

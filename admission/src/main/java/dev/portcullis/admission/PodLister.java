package dev.portcullis.admission;

import dev.portcullis.policy.pod.PodView;
import java.util.List;

/** Port: where the pods of a namespace come from, page by page. Implementations are thread-safe. */
public interface PodLister {
  /**
   * Hands over all pods of a namespace, of all namespaces when {@code namespace} is empty, in the
   * API server's order. Returns when all are handed over or the page wants no more.
   *
   * @throws PodListException if a page cannot be had before the deadline
   */
  void list(String namespace, Deadline deadline, Page page) throws PodListException;

  /** Takes the pods. */
  @FunctionalInterface
  interface Page {
    /** What to say of the pods yet to come when nobody knows how many they are. */
    long UNKNOWN = -1;

    /**
     * {@return whether more is wanted}
     *
     * @param pods some pods
     * @param remaining how many will come after them, {@link #UNKNOWN} when unknown
     */
    boolean accept(List<PodView> pods, long remaining);
  }

  /** Says that pods could not be listed. */
  final class PodListException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason, for a log. */
    public PodListException(String message) {
      super(message);
    }

    /** With the reason, for a log, and where it came from. */
    public PodListException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

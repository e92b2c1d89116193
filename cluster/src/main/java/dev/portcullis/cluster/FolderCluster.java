package dev.portcullis.cluster;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.PodLister;
import dev.portcullis.policy.GoText;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file or folder of manifests that stands for a cluster: its Namespaces, and its Pods in the
 * order of files and documents.
 */
public final class FolderCluster implements Cluster {
  private static final System.Logger LOG = System.getLogger(FolderCluster.class.getName());

  private final Path path;
  private final FileTrace first;
  private volatile FolderSnapshot snapshot;

  private FolderCluster(Path path, FileTrace first, FolderSnapshot snapshot) {
    this.path = path;
    this.first = first;
    this.snapshot = snapshot;
  }

  /** {@return the cluster in this file or folder as it is now} */
  public static FolderCluster read(Path path) throws ClusterException {
    FileTrace trace = trace(path);
    return new FolderCluster(path, trace, FolderSnapshot.read(path));
  }

  /**
   * Reads again after each change that {@code poller} sees; a change that cannot be read is logged
   * and left out.
   */
  public void follow(FilePoller poller) {
    poller.follow(first, this::readAgain);
  }

  private static FileTrace trace(Path path) {
    var trace = new FileTrace();
    trace.add(path);
    return trace;
  }

  private FileTrace readAgain() {
    FileTrace trace = trace(path);
    try {
      snapshot = FolderSnapshot.read(path);
      LOG.log(System.Logger.Level.INFO, "read {0} again: {1} namespaces", path, size());
    } catch (ClusterException e) {
      LOG.log(System.Logger.Level.ERROR, "{0}; what was read before stays in force", e.message());
    }
    return trace;
  }

  @Override
  public NamespaceGetter namespaces() {
    return new NamespaceGetter() {
      @Override
      public Lookup get(String name, Deadline deadline) {
        Lookup.Found found = snapshot.namespaces().get(name);
        return found != null
            ? found
            : Lookup.failed("namespaces " + GoText.quote(name) + " not found");
      }

      @Override
      public boolean answersAtOnce(String name) {
        return true;
      }
    };
  }

  @Override
  public PodLister pods() {
    return (namespace, deadline, page) -> {
      if (deadline.expired()) {
        throw new PodLister.PodListException("the deadline passed before the pods were listed");
      }
      page.accept(snapshot.pods(namespace), 0);
    };
  }

  @Override
  public boolean synced() {
    return true;
  }

  @Override
  public void awaitSynced() {
    // It was read before there was an object to ask.
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public Duration age() {
    return Duration.ZERO;
  }

  @Override
  public boolean has(String namespace) {
    return snapshot.namespaces().containsKey(namespace);
  }

  @Override
  public int size() {
    return snapshot.namespaces().size();
  }

  @Override
  public String description() {
    return "manifests in " + path;
  }

  @Override
  public void close() {
    // The poller belongs to whoever gave it.
  }
}

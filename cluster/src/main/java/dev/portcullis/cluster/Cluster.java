package dev.portcullis.cluster;

import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.PodLister;
import java.time.Duration;

/** A source of namespaces and pods. Thread-safe. */
public sealed interface Cluster extends AutoCloseable permits LiveCluster, FolderCluster {
  /** {@return the namespaces} */
  NamespaceGetter namespaces();

  /** {@return the pods} */
  PodLister pods();

  /** {@return whether all namespaces have been read once, so that answers can be relied on} */
  boolean synced();

  /** Waits until {@link #synced}, for ever if need be. */
  void awaitSynced() throws InterruptedException;

  /** {@return whether changes are followed, or will be again without a restart} */
  boolean alive();

  /**
   * {@return how long ago what is known of namespaces was last sure to be current}: since the last
   * bytes that came while changes are followed, which is a minute at most in quiet times
   */
  Duration age();

  /** {@return whether this namespace is known}; one that was made a moment ago may not be. */
  boolean has(String namespace);

  /** {@return how many namespaces are known} */
  int size();

  /** {@return where it reads, for a person} */
  String description();

  /** Stops following changes. What is known stays. */
  @Override
  void close();
}

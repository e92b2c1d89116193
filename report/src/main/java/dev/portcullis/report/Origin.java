package dev.portcullis.report;

import org.jspecify.annotations.Nullable;

/** Where a workload was found. */
public sealed interface Origin {
  /** {@return the file or the cluster, as reports group by it} */
  String name();

  /** {@return its line in a file, from 1; 0 in a cluster} */
  int line();

  /**
   * In a file.
   *
   * @param name the file as it was named, {@code -} for standard input
   * @param document its document in the file, from 0
   * @param line the line it starts at, from 1
   */
  record InFile(String name, int document, int line) implements Origin {}

  /**
   * In a cluster.
   *
   * @param name the cluster, as a user knows it
   * @param apiVersion the object's API version, {@code apps/v1}
   * @param uid the object's UID
   * @param owner the topmost controller that owns it, null if it stands for itself
   */
  record InCluster(String name, String apiVersion, String uid, @Nullable Owner owner)
      implements Origin {
    @Override
    public int line() {
      return 0;
    }
  }

  /** The controller at the top of a chain of owners. */
  record Owner(String apiVersion, String kind, String name, String uid) {}
}

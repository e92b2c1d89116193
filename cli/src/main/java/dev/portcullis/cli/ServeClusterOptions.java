package dev.portcullis.cli;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.ClusterException;
import dev.portcullis.cluster.FolderCluster;
import dev.portcullis.cluster.LiveCluster;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where {@code portcullis serve} finds namespaces and pods. */
final class ServeClusterOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The cluster that its current context names.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--cluster",
      paramLabel = "PATH",
      description =
          "A file or folder of Namespace and Pod manifests that stands for a cluster, followed for"
              + " changes.")
  private @Nullable Path folder;

  /** {@return the folder that stands for a cluster, or null} */
  @Nullable Path folder() {
    return folder;
  }

  /** {@return the cluster that the options name, else the one around this pod} */
  Cluster open() throws ClusterException {
    if (folder != null && kubeconfig != null) {
      throw new ClusterException("--cluster and --kubeconfig exclude each other");
    }
    if (folder != null) {
      return FolderCluster.read(folder);
    }
    if (kubeconfig != null) {
      return LiveCluster.of(kubeconfig);
    }
    Cluster own = LiveCluster.ofPod();
    if (own == null) {
      throw new ClusterException(
          "no cluster: give --kubeconfig FILE, or --cluster PATH with a folder of manifests;"
              + " neither is needed only in a pod with a service account");
    }
    return own;
  }
}

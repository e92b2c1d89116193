package dev.portcullis.admission;

import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.Workload;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster that is a text of manifests. */
public final class ManifestCluster implements NamespaceGetter, PodLister {
  private final Map<String, Lookup> namespaces = new HashMap<>();
  private final Map<String, List<PodView>> pods = new LinkedHashMap<>();

  /** Reads Namespaces and Pods. */
  public ManifestCluster(byte[] manifests) {
    var file = new ManifestReader().read("cluster.yaml", manifests);
    if (!file.errors().isEmpty()) {
      throw new IllegalArgumentException(file.errors().toString());
    }
    for (NamespaceManifest namespace : file.namespaces()) {
      namespaces.put(namespace.name(), Lookup.found(namespace.labels()));
    }
    for (Workload workload : file.workloads()) {
      pods.computeIfAbsent(workload.namespace(), name -> new ArrayList<>()).add(workload.pod());
    }
  }

  @Override
  public Lookup get(String name, Deadline deadline) {
    return namespaces.getOrDefault(
        name, Lookup.failed("namespaces " + GoText.quote(name) + " not found"));
  }

  @Override
  public boolean answersAtOnce(String name) {
    return namespaces.containsKey(name);
  }

  @Override
  public void list(String namespace, Deadline deadline, Page page) {
    List<PodView> all =
        namespace.isEmpty()
            ? pods.values().stream().flatMap(List::stream).toList()
            : pods.getOrDefault(namespace, List.of());
    for (int from = 0; from < all.size(); from += 3) {
      int to = Math.min(from + 3, all.size());
      if (!page.accept(all.subList(from, to), all.size() - to)) {
        return;
      }
    }
  }
}

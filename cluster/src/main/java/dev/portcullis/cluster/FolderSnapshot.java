package dev.portcullis.cluster;

import dev.portcullis.admission.Lookup;
import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.files.InputFile;
import dev.portcullis.manifests.files.InputSearch;
import dev.portcullis.manifests.files.SearchOptions;
import dev.portcullis.policy.pod.PodView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file or folder of manifests held when it was read.
 *
 * @param namespaces by name; of several of one name the last counts
 * @param podsByNamespace in the order of files and documents
 */
record FolderSnapshot(
    Map<String, Lookup.Found> namespaces, Map<String, List<PodView>> podsByNamespace) {
  /** {@return the pods of this namespace, of all when it is empty} */
  List<PodView> pods(String namespace) {
    if (!namespace.isEmpty()) {
      return podsByNamespace.getOrDefault(namespace, List.of());
    }
    return podsByNamespace.values().stream().flatMap(List::stream).toList();
  }

  static FolderSnapshot read(Path path) throws ClusterException {
    var reader = new ManifestReader();
    var namespaces = new LinkedHashMap<String, Lookup.Found>();
    var pods = new LinkedHashMap<String, List<PodView>>();
    for (InputFile file : files(path)) {
      ManifestFile content;
      try {
        content = reader.readInput(file.name(), file.read());
      } catch (IOException e) {
        throw new ClusterException("cannot read " + file.name() + ": " + InputFile.problem(e), e);
      }
      if (!content.errors().isEmpty()) {
        ManifestError error = content.errors().getFirst();
        throw new ClusterException(
            file.name() + ":" + error.line() + ":" + error.column() + ": " + error.message());
      }
      for (NamespaceManifest namespace : content.namespaces()) {
        namespaces.put(namespace.name(), Lookup.found(namespace.labels()));
      }
      for (Workload workload : content.workloads()) {
        if (workload.type().builtIn() && workload.kind().equals("Pod")) {
          String of = workload.namespace();
          pods.computeIfAbsent(
                  of == null || of.isEmpty() ? "default" : of, key -> new ArrayList<>())
              .add(workload.pod());
        }
      }
    }
    return new FolderSnapshot(namespaces, pods);
  }

  private static List<InputFile> files(Path path) throws ClusterException {
    if (!Files.exists(path)) {
      throw new ClusterException(
          path + " does not exist; --cluster takes a file or folder of manifests");
    }
    var search = InputSearch.find(List.of(path.toString()), SearchOptions.DEFAULT);
    if (!search.errors().isEmpty()) {
      InputSearch.Problem first = search.errors().getFirst();
      throw new ClusterException("cannot read " + first.name() + ": " + first.reason());
    }
    return search.found();
  }
}

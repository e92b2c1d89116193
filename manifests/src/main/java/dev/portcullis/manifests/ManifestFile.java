package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.SourceText;
import java.util.List;

/**
 * What a file holds.
 *
 * @param name the name that the reader was given
 * @param source its text, for excerpts and edits
 * @param workloads in the order of the text
 * @param namespaces in the order of the text
 * @param skipped documents that were not judged
 * @param errors faults; documents before and after them are still read
 * @param others Kubernetes objects that hold no pod, such as Services, in the order of the text
 */
public record ManifestFile(
    String name,
    SourceText source,
    List<Workload> workloads,
    List<NamespaceManifest> namespaces,
    List<Skipped> skipped,
    List<ManifestError> errors,
    List<ManifestObject> others) {
  public ManifestFile {
    workloads = List.copyOf(workloads);
    namespaces = List.copyOf(namespaces);
    skipped = List.copyOf(skipped);
    errors = List.copyOf(errors);
    others = List.copyOf(others);
  }
}

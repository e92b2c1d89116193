package dev.portcullis.manifests;

import dev.portcullis.manifests.files.ObjectWords;
import dev.portcullis.manifests.yaml.Document;
import dev.portcullis.manifests.yaml.DocumentReader;
import dev.portcullis.manifests.yaml.JsonDocumentReader;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.manifests.yaml.YamlLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads files of Kubernetes manifests, YAML or JSON. Immutable; threads may share it. */
public final class ManifestReader {
  private final YamlLimits limits;
  private final WorkloadKinds kinds;

  /** A reader with {@link YamlLimits#DEFAULT} and {@link WorkloadKinds#standard}. */
  public ManifestReader() {
    this(YamlLimits.DEFAULT, WorkloadKinds.standard());
  }

  /** A reader with other limits. */
  public ManifestReader(YamlLimits limits) {
    this(limits, WorkloadKinds.standard());
  }

  /** A reader that knows other kinds of workloads. */
  public ManifestReader(WorkloadKinds kinds) {
    this(YamlLimits.DEFAULT, kinds);
  }

  private ManifestReader(YamlLimits limits, WorkloadKinds kinds) {
    this.limits = limits;
    this.kinds = kinds;
  }

  /**
   * {@return what a file holds}
   *
   * @param name the file's name, for messages; one that ends in {@code .json} is never taken for
   *     YAML
   */
  public ManifestFile read(String name, byte[] content) {
    SourceText source;
    try {
      source = SourceText.decode(content, limits);
    } catch (YamlException e) {
      ManifestError error =
          new ManifestError(0, e.position().line(), e.position().column(), e.problem());
      return new ManifestFile(
          name, SourceText.of(""), List.of(), List.of(), List.of(), List.of(error), List.of());
    }
    DocumentSorter sorter = new DocumentSorter(name, source, kinds);
    readDocuments(name, source, sorter);
    return sorter.file();
  }

  /**
   * {@return what a file holds that a folder was searched for}: {@link #read}, but what cannot be
   * read in a file that mentions no Kubernetes object is skipped, not an error.
   */
  public ManifestFile readInput(String name, byte[] content) {
    ManifestFile file = read(name, content);
    if (file.errors().isEmpty() || ObjectWords.areIn(content)) {
      return file;
    }
    var skipped = new ArrayList<>(file.skipped());
    for (ManifestError error : file.errors()) {
      skipped.add(
          new Skipped(
              error.document(),
              error.line(),
              Skipped.Cause.FOREIGN,
              "no Kubernetes object: " + error.message()));
    }
    return new ManifestFile(
        name,
        file.source(),
        file.workloads(),
        file.namespaces(),
        skipped,
        List.of(),
        file.others());
  }

  private void readDocuments(String name, SourceText source, DocumentSorter sorter) {
    if (JsonDocumentReader.looksLikeJson(source)) {
      try {
        json(source).forEach(sorter::add);
        return;
      } catch (YamlException e) {
        // A flow mapping and a template both start like JSON.
        if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
          sorter.failed(0, 0, e);
          return;
        }
      }
    }
    yaml(source, sorter);
  }

  private List<Document> json(SourceText source) throws YamlException {
    List<Document> documents = new ArrayList<>();
    JsonDocumentReader reader = new JsonDocumentReader(source, limits);
    for (Document document = reader.next(); document != null; document = reader.next()) {
      documents.add(document);
    }
    return documents;
  }

  private void yaml(SourceText source, DocumentSorter sorter) {
    DocumentReader reader = new DocumentReader(source, limits);
    boolean more = true;
    while (more) {
      try {
        Document document = reader.next();
        if (document == null) {
          return;
        }
        sorter.add(document);
      } catch (YamlException e) {
        sorter.failed(reader.failedIndex(), reader.failedStart(), e);
        more = reader.skipToNextDocument(e.position().offset());
      }
    }
  }
}

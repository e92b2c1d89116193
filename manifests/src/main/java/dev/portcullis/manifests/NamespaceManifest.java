package dev.portcullis.manifests;

import java.util.Map;

/**
 * A Namespace in a file.
 *
 * @param name its name, or the empty string if it has none
 * @param labels its labels as written; a null value is the empty string
 * @param object where it stands
 */
public record NamespaceManifest(String name, Map<String, String> labels, ManifestObject object) {
  public NamespaceManifest {
    labels = Map.copyOf(labels);
  }

  static NamespaceManifest of(ManifestObject object) {
    String name = object.name();
    return new NamespaceManifest(name == null ? "" : name, object.labels(), object);
  }
}

package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.NodeJson;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.manifests.yaml.YamlException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object in a file.
 *
 * @param file the file's name
 * @param source the file's text
 * @param document the number of its document, from 0; all items of a List share one
 * @param apiVersion group and version as written, or its List's
 * @param kind as written, or its List's
 * @param root the object itself
 */
public record ManifestObject(
    String file, SourceText source, int document, String apiVersion, String kind, Mapping root) {

  /** {@return the position where the object starts} */
  public Position position() {
    return source.position(root.start());
  }

  /** {@return {@code metadata.name} as written, or null} */
  public @Nullable String name() {
    return metadata("name");
  }

  /** {@return {@code metadata.generateName} as written, or null} */
  public @Nullable String generateName() {
    return metadata("generateName");
  }

  /**
   * {@return {@code metadata.namespace} as written, or null; the file's reader decides what that
   * means}
   */
  public @Nullable String namespace() {
    return metadata("namespace");
  }

  /**
   * {@return {@code metadata.labels} in the order of the text; a null value is the empty string}
   */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (root.get("metadata") instanceof Mapping metadata
        && metadata.get("labels") instanceof Mapping map) {
      for (Entry entry : map.flattened()) {
        String value = text(entry.value());
        labels.put(entry.name(), value == null ? "" : value);
      }
    }
    return labels;
  }

  /**
   * {@return the object as JSON, as kubectl would send it}
   *
   * @throws YamlException if JSON cannot hold a value of it (NaN, an infinity, a null key)
   */
  public byte[] json() throws YamlException {
    return NodeJson.bytes(root, source);
  }

  private @Nullable String metadata(String key) {
    return root.get("metadata") instanceof Mapping metadata ? text(metadata.get(key)) : null;
  }

  /**
   * The text of a value that must be a string: what looks like a number or boolean is still meant
   * as one.
   */
  private static @Nullable String text(@Nullable Node value) {
    return value != null && value.resolved() instanceof Scalar scalar && scalar.value() != null
        ? scalar.text()
        : null;
  }
}

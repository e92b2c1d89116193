package dev.portcullis.advice.export;

import dev.portcullis.policy.Evaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ValidatingAdmissionPolicies and their bindings, ready to be applied.
 *
 * <p>Each object says what it was made for: the minor that {@code latest} stands for, the version
 * of Portcullis, the names of all objects made together, and a digest by which an edit is noticed.
 */
public final class ValidatingPolicies {
  static final String API_VERSION = "admissionregistration.k8s.io/v1";

  /** The annotation with the minor that {@code latest} stands for, {@code v1.N}. */
  public static final String KUBERNETES = "portcullis.dev/kubernetes";

  /** The annotation with the version of Portcullis. */
  public static final String EXPORTER = "portcullis.dev/exporter";

  /** The annotation with the digest of the rest of the object. */
  static final String DIGEST = "portcullis.dev/digest";

  /** The annotation with the names of all policies that were exported together. */
  static final String EXPORTED_TOGETHER = "portcullis.dev/exported-together";

  private final List<Map<String, Object>> objects;

  private ValidatingPolicies(List<Map<String, Object>> objects) {
    this.objects = objects;
  }

  /**
   * {@return what these options ask for}; nothing where the policies could never object, as beside
   * the plugin with privileged defaults.
   */
  public static ValidatingPolicies of(ExportOptions options, Evaluator evaluator) {
    List<ExportedObject> exported = new PolicyExport(options, evaluator).objects();
    String together =
        String.join(
            ",",
            exported.stream()
                .filter(object -> object.kind().equals(ExportedObject.POLICY))
                .map(ExportedObject::name)
                .toList());
    var objects = new ArrayList<Map<String, Object>>();
    for (ExportedObject object : exported) {
      Map<String, Object> annotations = new LinkedHashMap<>();
      annotations.put(KUBERNETES, "v1." + options.kubernetes());
      annotations.put(EXPORTER, options.exporter());
      annotations.put(EXPORTED_TOGETHER, together);
      annotations.put(DIGEST, Digest.of(object.spec()));
      Map<String, Object> metadata = new LinkedHashMap<>();
      metadata.put("name", object.name());
      metadata.put("labels", Tree.of("app.kubernetes.io/managed-by", "portcullis"));
      metadata.put("annotations", annotations);
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("apiVersion", API_VERSION);
      tree.put("kind", object.kind());
      tree.put("metadata", metadata);
      tree.put("spec", object.spec());
      objects.add(tree);
    }
    return new ValidatingPolicies(objects);
  }

  /**
   * A policy with its binding, as a file.
   *
   * @param name of the file
   * @param yaml two documents
   */
  public record Document(String name, String yaml) {}

  /** {@return whether there is nothing to apply} */
  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** {@return a file for each policy} */
  public List<Document> documents() {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < objects.size(); i += 2) {
      documents.add(
          new Document(
              name(objects.get(i)) + ".yaml",
              YamlText.of(objects.get(i)) + "---\n" + YamlText.of(objects.get(i + 1))));
    }
    return documents;
  }

  /** {@return all objects as one file} */
  public String yaml() {
    return String.join("---\n", documents().stream().map(Document::yaml).toList());
  }

  List<Map<String, Object>> objects() {
    return objects;
  }

  static String name(Map<String, Object> object) {
    return String.valueOf(((Map<?, ?>) object.getOrDefault("metadata", Map.of())).get("name"));
  }
}

package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod, or a template of pods, in an object of a kind that {@link WorkloadKinds} knows. An object
 * with several templates gives several.
 *
 * @param object the object and where it stands
 * @param type the row of its kind
 * @param template the path of that row that led to the pod
 * @param podPath where the pod is in the object: {@code spec.template}, {@code
 *     spec.tasks[1].template}, or the empty string for a Pod
 * @param podNode the pod's metadata and spec as written
 * @param pod the pod as decoded, the API server's volume default applied
 */
public record Workload(
    ManifestObject object,
    WorkloadKind type,
    PodPath template,
    String podPath,
    Mapping podNode,
    PodView pod) {

  /** {@return the file's name} */
  public String file() {
    return object.file();
  }

  /** {@return the number of the object's document in its file, from 0} */
  public int document() {
    return object.document();
  }

  /** {@return the line where the object starts, from 1} */
  public int line() {
    return object.position().line();
  }

  /** {@return the kind as written} */
  public String kind() {
    return object.kind();
  }

  /** {@return the API version as written} */
  public String apiVersion() {
    return object.apiVersion();
  }

  /** {@return the steps from the object to its pod: keys ({@link String}), numbers of items} */
  public List<Object> podSteps() {
    return FieldPath.parse(podPath).steps();
  }

  /** {@return whether objects of this kind may hold several templates} */
  public boolean oneOfSeveral() {
    return type.pods().size() > 1 || !template.single();
  }

  /** {@return the namespace as written, or null} */
  public @Nullable String namespace() {
    return object.namespace();
  }

  /** {@return the name as written, or null; see {@link ManifestObject#generateName}} */
  public @Nullable String name() {
    return object.name();
  }

  /**
   * {@return the position of a field of the pod, such as {@code
   * spec.containers[1].securityContext.privileged}}
   *
   * <p>It is that of the field's value, or of its key if the value starts on a line after its key.
   * If the field does not exist it is that of the nearest parent that does: the parent's key, or
   * the first character of an item of a list.
   */
  public Position positionOf(String fieldPath) {
    return object.source().position(find(fieldPath).offset());
  }

  /**
   * {@return the position of the field's key; where it has none, or does not exist, as {@link
   * #positionOf}}
   */
  public Position keyPositionOf(String fieldPath) {
    Located located = find(fieldPath);
    return object.source().position(located.complete() ? located.keyOffset() : located.offset());
  }

  /** {@return the nodes at a path from the pod, or at as much of it as exists} */
  public Located find(String fieldPath) {
    return Located.find(podNode, FieldPath.parse(fieldPath));
  }
}

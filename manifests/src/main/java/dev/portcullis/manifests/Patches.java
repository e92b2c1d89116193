package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises what is a part of a workload, to be merged into another: strategic merge patches, as
 * Kustomize uses them.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/">Update
 *     API objects with kubectl patch</a>
 */
final class Patches {
  private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers");
  private static final List<String> DIRECTIVES =
      List.of("$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/");

  private Patches() {}

  /** {@return why an object with this pod is a patch, or null if it is whole} */
  static @Nullable String reason(ManifestObject object, Mapping pod) {
    Mapping root = object.root();
    boolean mayHoldDirective = object.source().text().indexOf('$', root.start(), root.end()) >= 0;
    for (String directive : mayHoldDirective ? DIRECTIVES : List.<String>of()) {
      if (hasKey(root, directive)) {
        return object.kind() + " with " + directive.replace("/", "") + ", a patch";
      }
    }
    String container = containerWithoutImage(pod);
    return container == null
        ? null
        : object.kind() + " whose container " + container + " has no image, a patch";
  }

  private static @Nullable String containerWithoutImage(Mapping pod) {
    if (!(pod.get("spec") instanceof Mapping spec)) {
      return null;
    }
    for (String list : CONTAINER_LISTS) {
      if (spec.get(list) instanceof Sequence containers) {
        for (Node item : containers.items()) {
          if (item.resolved() instanceof Mapping container && isEmpty(container.get("image"))) {
            return container.get("name") instanceof Scalar name && name.value() != null
                ? name.text()
                : "without a name";
          }
        }
      }
    }
    return null;
  }

  private static boolean isEmpty(@Nullable Node image) {
    return image == null
        || (image.resolved() instanceof Scalar scalar
            && (scalar.value() == null || scalar.text().isEmpty()));
  }

  private static boolean hasKey(Node node, String directive) {
    if (node instanceof Sequence sequence) {
      return sequence.items().stream().anyMatch(item -> hasKey(item, directive));
    }
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.flattened()) {
        if (entry.name().startsWith(directive) || hasKey(entry.value(), directive)) {
          return true;
        }
      }
    }
    return false;
  }
}

package dev.portcullis.advice.migrate;

import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import dev.portcullis.policy.pod.PodView;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workload, down to what the migration asks of it; its text is not kept.
 *
 * @param namespace empty when unknown
 * @param kind as written
 * @param name its name, or its generateName with a star
 * @param file the file it stands in
 * @param line the line it starts at, from 1
 * @param account the name of its service account
 * @param pod its pod
 * @param set the fields of security contexts that are set, and the runtime class: paths from the
 *     pod, containers by list and number
 * @param owner kind and name of the object that controls it, {@code Kind/name}; null without
 */
record WorkloadFacts(
    String namespace,
    String kind,
    String name,
    String file,
    int line,
    String account,
    PodView pod,
    Set<String> set,
    @Nullable String owner) {
  WorkloadFacts {
    set = Set.copyOf(set);
  }

  static WorkloadFacts of(Workload workload, String namespace) {
    ManifestObject object = workload.object();
    String given = workload.namespace();
    String name = workload.name();
    String generated = object.generateName();
    var set = new HashSet<String>();
    String account = "";
    if (workload.podNode().get("spec") instanceof Mapping spec) {
      account = text(spec, "serviceAccountName");
      account = account.isEmpty() ? text(spec, "serviceAccount") : account;
      if (!text(spec, "runtimeClassName").isEmpty()) {
        set.add("spec.runtimeClassName");
      }
      context(spec, "spec", set);
      for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
        containers(spec, list, set);
      }
    }
    return new WorkloadFacts(
        given == null ? namespace : given,
        workload.kind(),
        name != null ? name : generated != null ? generated + "*" : "",
        workload.file(),
        workload.line(),
        account.isEmpty() ? "default" : account,
        workload.pod(),
        set,
        owner(object));
  }

  /** {@return kind and name} */
  String title() {
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static void containers(Mapping spec, String list, Set<String> set) {
    if (spec.get(list) instanceof Sequence containers) {
      for (int i = 0; i < containers.items().size(); i++) {
        if (containers.items().get(i).resolved() instanceof Mapping container) {
          context(container, "spec." + list + "[" + i + "]", set);
        }
      }
    }
  }

  private static void context(Mapping parent, String path, Set<String> set) {
    if (parent.get("securityContext") instanceof Mapping context) {
      for (Entry entry : context.flattened()) {
        boolean empty =
            switch (entry.value().resolved()) {
              case Scalar scalar -> scalar.value() == null;
              case Sequence sequence -> sequence.items().isEmpty();
              case Node other -> false;
            };
        if (!empty) {
          set.add(path + ".securityContext." + entry.name());
        }
      }
    }
  }

  private static @Nullable String owner(ManifestObject object) {
    if (object.root().get("metadata") instanceof Mapping metadata
        && metadata.get("ownerReferences") instanceof Sequence owners) {
      for (Node item : owners.items()) {
        if (item.resolved() instanceof Mapping owner
            && owner.get("controller") instanceof Scalar controller
            && Boolean.TRUE.equals(controller.value())) {
          return text(owner, "kind") + "/" + text(owner, "name");
        }
      }
    }
    return null;
  }

  private static String text(Mapping in, String name) {
    return in.get(name) instanceof Scalar scalar && scalar.value() != null ? scalar.text() : "";
  }
}

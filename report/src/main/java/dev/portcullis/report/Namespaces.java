package dev.portcullis.report;

import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.PolicyLabels.LabelError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Namespace objects among the inputs that carry Pod Security labels, and what they ask for. */
public final class Namespaces {
  private final Policy defaults;
  private final Map<String, Policy> policies = new HashMap<>();
  private final Map<String, List<NamespaceManifest>> objects = new TreeMap<>();
  private final List<InputError> errors = new ArrayList<>();

  /** Where a mode has no label, {@code defaults} hold. */
  public Namespaces(Policy defaults) {
    this.defaults = defaults;
  }

  /** Adds the next one in the order of the inputs; the last of a name counts. */
  public void add(NamespaceManifest namespace) {
    var resolution = PolicyLabels.resolve(namespace.labels(), defaults);
    policies.put(namespace.name(), resolution.policy());
    objects.computeIfAbsent(namespace.name(), name -> new ArrayList<>()).add(namespace);
    for (LabelError error : resolution.errors()) {
      Position at = position(namespace, error.key());
      errors.add(
          new InputError(namespace.object().file(), at.line(), at.column(), error.toString()));
    }
  }

  /** {@return the policies by name} */
  public Map<String, Policy> policies() {
    return Map.copyOf(policies);
  }

  /** {@return labels that make no sense} */
  public List<InputError> errors() {
    return List.copyOf(errors);
  }

  /** {@return a line for each namespace that is there more than once} */
  public List<String> notes() {
    var notes = new ArrayList<String>();
    objects.forEach((name, all) -> {
      if (all.size() > 1) {
        var last = all.getLast().object();
        notes.add(
            "namespace "
                + name
                + " has Pod Security labels in "
                + all.size()
                + " objects; those at "
                + last.file()
                + ":"
                + last.position().line()
                + " count");
      }
    });
    return notes;
  }

  private static Position position(NamespaceManifest namespace, String label) {
    var object = namespace.object();
    if (object.root().get("metadata") instanceof Mapping metadata
        && metadata.get("labels") instanceof Mapping labels) {
      Entry entry = labels.entry(label);
      if (entry != null) {
        return object.source().position(entry.value().start());
      }
    }
    return object.position();
  }
}

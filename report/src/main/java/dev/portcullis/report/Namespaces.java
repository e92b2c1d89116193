package dev.portcullis.report;

import dev.portcullis.admission.NamespacePolicySource;
import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels.LabelError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The Namespace objects among the inputs that carry Pod Security labels, and what they ask for. */
public final class Namespaces {
  private static final int MAX_PLACES = 5;

  private final Policy defaults;
  private final Map<String, Policy> policies = new HashMap<>();
  private final Map<String, List<NamespaceManifest>> objects = new TreeMap<>();
  private final List<InputError> errors = new ArrayList<>();

  /** Where a mode has no label, {@code defaults} hold. */
  public Namespaces(Policy defaults) {
    this.defaults = defaults;
  }

  /**
   * Adds the next one in the order of the inputs. Of several objects of one name the strictest of
   * each mode counts: overlays for development and production are often checked together, and a
   * workload must not pass because the laxer one happens to be read last.
   */
  public void add(NamespaceManifest namespace) {
    var resolution = NamespacePolicySource.POD_SECURITY.resolve(namespace.labels(), defaults);
    policies.merge(namespace.name(), resolution.policy(), Namespaces::strictest);
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
        var places = new StringJoiner(", ");
        for (NamespaceManifest namespace : all.subList(0, Math.min(all.size(), MAX_PLACES))) {
          var object = namespace.object();
          places.add(object.file() + ":" + object.position().line());
        }
        Policy policy = policies.getOrDefault(name, defaults);
        notes.add(
            "namespace "
                + name
                + " has Pod Security labels in "
                + all.size()
                + " objects ("
                + places
                + (all.size() > MAX_PLACES ? ", ..." : "")
                + "); the strictest of each mode counts: enforce "
                + policy.enforce()
                + ", audit "
                + policy.audit()
                + ", warn "
                + policy.warn());
      }
    });
    return notes;
  }

  private static Policy strictest(Policy a, Policy b) {
    return new Policy(
        strictest(a.enforce(), b.enforce()),
        strictest(a.audit(), b.audit()),
        strictest(a.warn(), b.warn()));
  }

  /** Of one level the newer version: it asks for more. */
  private static LevelVersion strictest(LevelVersion a, LevelVersion b) {
    int order = a.level().compareTo(b.level());
    return order > 0 || (order == 0 && !a.version().olderThan(b.version())) ? a : b;
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

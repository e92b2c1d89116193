package dev.portcullis.cluster;

import dev.portcullis.admission.Lookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces by name. An entry stays the same object while its labels stay the same, so that what
 * they mean is kept.
 */
class NamespaceStore {
  private final ConcurrentHashMap<String, Lookup.Found> byName = new ConcurrentHashMap<>();

  Lookup.@Nullable Found get(String name) {
    return byName.get(name);
  }

  int size() {
    return byName.size();
  }

  void put(String name, Map<String, String> labels) {
    byName.compute(
        name,
        (key, old) -> old != null && old.labels().equals(labels) ? old : Lookup.found(labels));
  }

  void remove(String name) {
    byName.remove(name);
  }

  /** Makes these all there are. */
  void replace(Map<String, Map<String, String>> labelsByName) {
    labelsByName.forEach(this::put);
    byName.keySet().retainAll(labelsByName.keySet());
  }
}

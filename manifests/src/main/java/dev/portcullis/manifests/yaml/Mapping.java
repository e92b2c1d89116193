package dev.portcullis.manifests.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values, as written: in order, with merges and repeated keys.
 *
 * <p>Look-ups see what kubectl sees: of repeated keys the last counts, and a merge counts as if its
 * entries stood in its place.
 */
public record Mapping(
    int start, int end, @Nullable String anchor, Layout layout, List<Entry> entries)
    implements Node {
  public Mapping {
    entries = List.copyOf(entries);
  }

  /** {@return the value of the key, aliases resolved, or null if there is none} */
  public @Nullable Node get(String name) {
    Entry entry = entry(name);
    return entry == null ? null : entry.value().resolved();
  }

  /**
   * {@return the entry that counts for the key, or null if there is none; it may stand in a merged
   * mapping}
   */
  public @Nullable Entry entry(String name) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      Entry found =
          entry.isMerge() ? merged(entry.value(), name) : entry.name().equals(name) ? entry : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * {@return all entries with merges put in place, in the order in which later ones win; keys may
   * repeat}
   */
  public List<Entry> flattened() {
    for (Entry entry : entries) {
      if (entry.isMerge()) {
        List<Entry> all = new ArrayList<>();
        flatten(all);
        return all;
      }
    }
    return entries;
  }

  private void flatten(List<Entry> all) {
    for (Entry entry : entries) {
      if (!entry.isMerge()) {
        all.add(entry);
      } else if (entry.value().resolved() instanceof Mapping mapping) {
        mapping.flatten(all);
      } else if (entry.value() instanceof Sequence sequence) {
        for (int i = sequence.items().size() - 1; i >= 0; i--) {
          if (sequence.items().get(i).resolved() instanceof Mapping mapping) {
            mapping.flatten(all);
          }
        }
      }
    }
  }

  private static @Nullable Entry merged(Node value, String name) {
    if (value.resolved() instanceof Mapping mapping) {
      return mapping.entry(name);
    }
    if (value instanceof Sequence sequence) {
      for (Node item : sequence.items()) {
        Entry found = item.resolved() instanceof Mapping mapping ? mapping.entry(name) : null;
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}

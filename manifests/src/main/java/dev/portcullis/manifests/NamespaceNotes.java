package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import java.util.ArrayList;
import java.util.List;

/** Notes on a Namespace's Pod Security labels: unknown ones, and labels written as annotations. */
public final class NamespaceNotes {
  private static final int MAX_NOTES = 50;

  private NamespaceNotes() {}

  /** {@return the notes on a Namespace, labels first, at most 50} */
  public static List<ManifestNote> of(NamespaceManifest namespace) {
    var notes = new ArrayList<ManifestNote>();
    ManifestObject object = namespace.object();
    for (Entry label : entries(object, "labels")) {
      if (ours(label) && !known(label.name())) {
        note(
            notes,
            object,
            label,
            "metadata.labels: "
                + label.name()
                + " is no Pod Security label, so it has no effect; there are enforce, audit, warn"
                + " and each of them with -version");
      }
    }
    for (Entry annotation : entries(object, "annotations")) {
      if (ours(annotation)) {
        note(
            notes,
            object,
            annotation,
            "metadata.annotations: "
                + annotation.name()
                + " has no effect as an annotation; Pod Security reads labels");
      }
    }
    return List.copyOf(notes);
  }

  private static List<Entry> entries(ManifestObject object, String member) {
    return object.root().get("metadata") instanceof Mapping metadata
            && metadata.get(member) instanceof Mapping map
        ? map.flattened()
        : List.of();
  }

  private static boolean ours(Entry entry) {
    return entry.name().startsWith(PolicyLabels.PREFIX) && entry.name().length() <= 120;
  }

  private static boolean known(String key) {
    for (Mode mode : Mode.values()) {
      if (key.equals(PolicyLabels.level(mode)) || key.equals(PolicyLabels.version(mode))) {
        return true;
      }
    }
    return false;
  }

  private static void note(
      List<ManifestNote> notes, ManifestObject object, Entry entry, String message) {
    if (notes.size() < MAX_NOTES) {
      Position at = object.source().position(entry.key().start());
      notes.add(new ManifestNote(at.line(), at.column(), message));
    }
  }
}

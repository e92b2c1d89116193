package dev.portcullis.manifests;

import dev.portcullis.manifests.SecurityField.Home;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.manifests.yaml.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notes on a workload's security fields: misspelt, in a place where nothing reads them, or given
 * twice. The API server drops such fields or refuses them; a verdict never sees them.
 */
public final class WorkloadNotes {
  /** More than this many notes on one workload help nobody. */
  static final int MAX_NOTES = 50;

  private static final int MAX_NAME = 80;

  private final Workload workload;
  private final List<ManifestNote> notes = new ArrayList<>();

  private WorkloadNotes(Workload workload) {
    this.workload = workload;
  }

  /** {@return the notes on a workload, from top to bottom, at most {@value #MAX_NOTES}} */
  public static List<ManifestNote> of(Workload workload) {
    if (workload.template().shape() == PodPath.Shape.SPEC) {
      // The operator's spec has other fields beside those of a pod.
      return List.of();
    }
    var notes = new WorkloadNotes(workload);
    notes.aroundThePod();
    notes.mapping(workload.podNode(), Home.POD, workload.podPath());
    return List.copyOf(notes.notes);
  }

  /** The mappings that lead to the pod, in which nothing of a pod belongs. */
  private void aroundThePod() {
    String podPath = workload.podPath();
    // Around the pods of other groups the same names may be fields.
    if (podPath.isEmpty() || !workload.type().builtIn()) {
      return;
    }
    Mapping here = workload.object().root();
    String path = "";
    for (String key : podPath.split("\\.", -1)) {
      for (Entry entry : here.flattened()) {
        Home home = entry.name().equals(key) ? null : SecurityField.belongs(entry.name(), Home.POD);
        if (home != null) {
          misplaced(entry, path, home);
        }
      }
      path = path.isEmpty() ? key : path + "." + key;
      if (!(here.get(key) instanceof Mapping inner)) {
        return;
      }
      here = inner;
    }
  }

  // The entry that counts, not one that looks like it.
  @SuppressWarnings("ReferenceEquality")
  private void mapping(@Nullable Node node, Home here, String path) {
    if (!(node instanceof Mapping mapping)) {
      return;
    }
    Map<String, Entry> seen = new HashMap<>();
    for (Entry entry : mapping.entries()) {
      if (entry.isMerge()) {
        continue;
      }
      String name = entry.name();
      Entry before = seen.put(name, entry);
      if (before != null && matters(name, before, here)) {
        repeated(before, entry, path);
      }
      if (!here.knows(name)) {
        unknown(entry, here, path);
      }
    }
    for (Entry entry : mapping.flattened()) {
      if (mapping.entry(entry.name()) == entry) {
        inside(entry, here, join(path, entry.name()));
      }
    }
  }

  private void inside(Entry entry, Home here, String path) {
    Node value = entry.value().resolved();
    switch (here) {
      case POD -> {
        if (entry.name().equals("spec")) {
          mapping(value, Home.SPEC, path);
        }
      }
      case SPEC -> {
        switch (entry.name()) {
          case "securityContext" -> mapping(value, Home.POD_SECURITY, path);
          case "containers", "initContainers", "ephemeralContainers" -> containers(value, path);
          default -> {}
        }
      }
      case CONTAINER -> {
        if (entry.name().equals("securityContext")) {
          mapping(value, Home.CONTAINER_SECURITY, path);
        }
      }
      case POD_SECURITY, CONTAINER_SECURITY -> {
        switch (entry.name()) {
          case "capabilities" -> mapping(value, Home.CAPABILITIES, path);
          case "seccompProfile", "appArmorProfile" -> mapping(value, Home.PROFILE, path);
          default -> {}
        }
      }
      case CAPABILITIES, PROFILE -> {}
    }
  }

  private void containers(Node value, String path) {
    if (value instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        mapping(sequence.items().get(i).resolved(), Home.CONTAINER, path + "[" + i + "]");
      }
    }
  }

  /** Whether it matters that a key is repeated: ports only where the lost ones name a hostPort. */
  private boolean matters(String name, Entry before, Home here) {
    return here.reads(name)
        || (here == Home.CONTAINER
            && name.equals("ports")
            && workload
                .object()
                .source()
                .text()
                .substring(before.value().start(), before.value().end())
                .contains("hostPort"));
  }

  private void repeated(Entry before, Entry entry, String path) {
    Position first = workload.object().source().position(before.key().start());
    Position last = workload.object().source().position(entry.key().start());
    add(
        entry,
        join(path, shown(entry.name()))
            + " is set twice, on lines "
            + first.line()
            + " and "
            + last.line()
            + "; only the last one counts, as in kubectl");
  }

  private void unknown(Entry entry, Home here, String path) {
    Home home = SecurityField.belongs(entry.name(), here);
    if (home != null) {
      misplaced(entry, path, home);
      return;
    }
    String meant = SecurityField.meant(entry.name(), here);
    if (meant != null) {
      add(
          entry,
          join(path, shown(entry.name()))
              + " is not a field of "
              + here.text()
              + "; did you mean "
              + meant
              + "?");
    }
  }

  private void misplaced(Entry entry, String path, Home home) {
    String place =
        switch (home) {
          case SPEC -> podField("spec");
          case POD_SECURITY -> podField("spec.securityContext");
          case CONTAINER_SECURITY ->
              path.endsWith("]")
                  ? path + ".securityContext"
                  : "the securityContext of each container";
          case POD, CONTAINER, CAPABILITIES, PROFILE -> home.text();
        };
    add(entry, join(path, shown(entry.name())) + " has no effect here; it belongs in " + place);
  }

  private String podField(String field) {
    return join(workload.podPath(), field);
  }

  private static String shown(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void add(Entry entry, String message) {
    if (notes.size() < MAX_NOTES) {
      Position at = workload.object().source().position(entry.key().start());
      notes.add(new ManifestNote(at.line(), at.column(), message));
    }
  }
}

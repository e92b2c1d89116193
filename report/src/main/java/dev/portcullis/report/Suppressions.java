package dev.portcullis.report;

import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.checks.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The violations that a manifest declares as accepted: an annotation {@value #PREFIX} with a
 * check's id, on the workload or on its pod, whose value is the reason. They count for reports on
 * manifests alone: an API server never sees them as anything but annotations.
 */
public final class Suppressions {
  /** What the annotations begin with; the check's id follows. */
  public static final String PREFIX = "portcullis.dev/ignore.";

  private static final Set<String> CHECKS =
      Checks.standard().stream().map(Check::id).collect(Collectors.toUnmodifiableSet());

  private static final Suppressions NONE = new Suppressions(Map.of(), List.of());

  private final Map<String, String> reasons;
  private final List<Note> notes;

  private Suppressions(Map<String, String> reasons, List<Note> notes) {
    this.reasons = reasons;
    this.notes = notes;
  }

  /** {@return those of a workload} */
  public static Suppressions of(Workload workload) {
    List<Entry> annotations = new ArrayList<>();
    collect(workload.object().root(), annotations);
    if (!workload.podPath().isEmpty()) {
      collect(workload.podNode(), annotations);
    }
    if (annotations.isEmpty()) {
      return NONE;
    }
    Map<String, String> reasons = new HashMap<>();
    List<Note> notes = new ArrayList<>();
    for (Entry annotation : annotations) {
      String check = annotation.name().substring(PREFIX.length());
      String reason =
          annotation.value().resolved() instanceof Scalar scalar && scalar.value() != null
              ? scalar.text().strip()
              : "";
      if (!CHECKS.contains(check)) {
        notes.add(note(workload, annotation, " names no check; portcullis explain lists them"));
      } else if (reason.isEmpty()) {
        notes.add(note(workload, annotation, " gives no reason, so it suppresses nothing"));
      } else {
        reasons.put(check, reason);
      }
    }
    return new Suppressions(reasons, notes);
  }

  /** {@return why violations of a check are accepted, or null if they are not} */
  public @Nullable String reason(String check) {
    return reasons.get(check);
  }

  /** {@return what is wrong with the annotations} */
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  private static void collect(Mapping object, List<Entry> found) {
    if (object.get("metadata") instanceof Mapping metadata
        && metadata.get("annotations") instanceof Mapping annotations) {
      for (Entry entry : annotations.flattened()) {
        if (entry.name().startsWith(PREFIX)) {
          found.add(entry);
        }
      }
    }
  }

  private static Note note(Workload workload, Entry annotation, String problem) {
    Position at = workload.object().source().position(annotation.key().start());
    String key = annotation.name();
    String shown = key.length() <= 100 ? key : key.substring(0, 100) + "...";
    return new Note(workload.file(), at.line(), at.column(), "the annotation " + shown + problem);
  }
}

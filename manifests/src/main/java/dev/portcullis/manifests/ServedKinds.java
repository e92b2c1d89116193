package dev.portcullis.manifests;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises what is meant as a built-in workload, but under a name that no cluster serves. */
final class ServedKinds {
  /** Only in the groups of Kubernetes is a name without a dot; those of others need one. */
  private static final List<String> WORKLOAD_GROUPS = List.of("apps", "batch");

  private static final List<String> OTHER_KINDS_OF_APPS = List.of("ControllerRevision", "Scale");

  private ServedKinds() {}

  /** {@return why clusters do not serve this, or null if they may} */
  static @Nullable String problem(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    if (group.indexOf('.') >= 0) {
      return null;
    }
    WorkloadKind known = named(kind);
    if (known != null) {
      return misplaced(known, apiVersion);
    }
    WorkloadKind meant = inOtherLetters(kind);
    if (meant != null) {
      return kind + " of " + apiVersion + ": the kind is spelled " + meant.kind();
    }
    boolean unknown =
        WORKLOAD_GROUPS.contains(group)
            && !kind.endsWith("List")
            && !OTHER_KINDS_OF_APPS.contains(kind);
    return unknown ? kind + " of " + apiVersion + ", which has no such kind" : null;
  }

  private static @Nullable String misplaced(WorkloadKind kind, String apiVersion) {
    if (kind.apiVersion().equals(apiVersion)) {
      return null;
    }
    return kind.wasServedAs(apiVersion)
        ? kind.kind()
            + " of "
            + apiVersion
            + ", which clusters no longer serve; it is in "
            + kind.apiVersion()
            + " now"
        : kind.kind()
            + " of "
            + apiVersion
            + ", which has no such kind; it is in "
            + kind.apiVersion();
  }

  private static @Nullable WorkloadKind named(String kind) {
    for (WorkloadKind known : WorkloadKinds.builtIn()) {
      if (known.kind().equals(kind)) {
        return known;
      }
    }
    return null;
  }

  private static @Nullable WorkloadKind inOtherLetters(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    for (WorkloadKind known : WorkloadKinds.builtIn()) {
      String name = known.kind().toLowerCase(Locale.ROOT);
      if (lower.equals(name) || lower.equals(name + "s")) {
        return known;
      }
    }
    return null;
  }
}

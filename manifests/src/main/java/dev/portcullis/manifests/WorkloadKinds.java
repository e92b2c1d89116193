package dev.portcullis.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of the kinds that hold pods: Kubernetes' own, those of well-known operators, and those
 * that a user adds. Immutable; threads may share it.
 *
 * <p>Rows are found by group and kind, because kinds of other groups share names with Kubernetes'
 * own: {@code apps.kruise.io} has a StatefulSet, {@code batch.volcano.sh} a Job.
 */
public final class WorkloadKinds {
  private static final Set<String> BUILT_IN_GROUPS = Set.of("", "apps", "batch");

  private static final List<WorkloadKind> BUILT_IN =
      List.of(
          builtIn("", "Pod", "pods", "", ""),
          builtIn("", "PodTemplate", "podtemplates", "template", ""),
          builtIn("", "ReplicationController", "replicationcontrollers", "spec.template", "Pod"),
          builtIn("apps", "ReplicaSet", "replicasets", "spec.template", "Pod"),
          builtIn("apps", "Deployment", "deployments", "spec.template", "ReplicaSet"),
          builtIn("apps", "StatefulSet", "statefulsets", "spec.template", "Pod"),
          builtIn("apps", "DaemonSet", "daemonsets", "spec.template", "Pod"),
          builtIn("batch", "Job", "jobs", "spec.template", "Pod"),
          builtIn("batch", "CronJob", "cronjobs", "spec.jobTemplate.spec.template", "Job"));

  private final List<WorkloadKind> rows;
  private final Map<String, List<WorkloadKind>> byKind = new HashMap<>();

  private WorkloadKinds(List<WorkloadKind> rows) {
    this.rows = List.copyOf(rows);
    for (WorkloadKind row : rows) {
      byKind.computeIfAbsent(row.kind(), kind -> new ArrayList<>(1)).add(row);
    }
  }

  /** {@return Kubernetes' own kinds: Pod, PodTemplate and the seven controllers} */
  public static List<WorkloadKind> builtIn() {
    return BUILT_IN;
  }

  /** {@return the table of Kubernetes' own kinds and those of well-known operators} */
  public static WorkloadKinds standard() {
    return Standard.TABLE;
  }

  /** {@return every row, Kubernetes' own first} */
  public List<WorkloadKind> rows() {
    return rows;
  }

  /**
   * {@return this table with rows added; one of the same group and kind takes the place of the row
   * here, except for Kubernetes' own, which stay unchanged}
   */
  public WorkloadKinds with(List<WorkloadKind> added) {
    var all = new ArrayList<>(rows);
    for (WorkloadKind row : added) {
      if (!row.builtIn()) {
        all.removeIf(known -> known.group().equals(row.group()) && known.kind().equals(row.kind()));
        all.add(row);
      }
    }
    return new WorkloadKinds(all);
  }

  /** {@return the row for objects with this API version and kind, or null} */
  public @Nullable WorkloadKind find(String apiVersion, String kind) {
    for (WorkloadKind row : byKind.getOrDefault(kind, List.of())) {
      if (row.matches(apiVersion, kind)) {
        return row;
      }
    }
    return null;
  }

  static boolean isBuiltInGroup(String group) {
    return BUILT_IN_GROUPS.contains(group);
  }

  private static WorkloadKind builtIn(
      String group, String kind, String plural, String path, String creates) {
    return new WorkloadKind(
        group, List.of("v1"), kind, plural, List.of(PodPath.exact(path)), creates, "");
  }

  /** Read when it is first asked for: a webhook needs Kubernetes' own kinds alone. */
  private static final class Standard {
    private static final WorkloadKinds TABLE = new WorkloadKinds(rows());

    private static List<WorkloadKind> rows() {
      var all = new ArrayList<>(BUILT_IN);
      all.addAll(CustomKinds.rows());
      return all;
    }
  }
}

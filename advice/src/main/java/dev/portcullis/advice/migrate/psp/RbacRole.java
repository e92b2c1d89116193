package dev.portcullis.advice.migrate.psp;

import java.util.List;
import java.util.Map;

/**
 * A Role, or a ClusterRole.
 *
 * @param namespace of a Role; empty for a ClusterRole
 * @param name its name
 * @param labels by which a ClusterRole may be aggregated
 * @param rules those that let policies be used
 * @param aggregates the labels that it gathers other ClusterRoles by, a map each; usually none
 */
public record RbacRole(
    String namespace,
    String name,
    Map<String, String> labels,
    List<AccessRule> rules,
    List<Map<String, String>> aggregates) {
  /** Copies the collections. */
  public RbacRole {
    labels = Map.copyOf(labels);
    rules = List.copyOf(rules);
    aggregates = List.copyOf(aggregates);
  }

  /** {@return whether this is a ClusterRole} */
  public boolean clusterWide() {
    return namespace.isEmpty();
  }
}

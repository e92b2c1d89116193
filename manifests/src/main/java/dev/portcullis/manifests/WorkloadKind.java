package dev.portcullis.manifests;

import java.util.List;

/**
 * A kind of object that holds pods, or from which pods are made: a row of {@link WorkloadKinds}.
 *
 * @param group the API group, empty for the core group
 * @param versions the versions that clusters serve, the preferred first
 * @param kind such as {@code Deployment}
 * @param plural the resource, such as {@code deployments}
 * @param pods where its pods are; none for a kind whose pods cannot be judged from the object
 * @param creates the kind of what its controller makes, empty for a Pod
 * @param note what a person should know about its pods, empty if nothing
 */
public record WorkloadKind(
    String group,
    List<String> versions,
    String kind,
    String plural,
    List<PodPath> pods,
    String creates,
    String note) {
  /** Copies the lists. */
  public WorkloadKind {
    versions = List.copyOf(versions);
    pods = List.copyOf(pods);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(kind + " has no version");
    }
  }

  /** {@return whether it is one of Kubernetes' own kinds, which a bare cluster serves} */
  public boolean builtIn() {
    return WorkloadKinds.isBuiltInGroup(group);
  }

  /** {@return the preferred API version, {@code apps/v1}} */
  public String apiVersion() {
    return group.isEmpty() ? versions.getFirst() : group + "/" + versions.getFirst();
  }

  /** {@return the resource's path on an API server, {@code apis/apps/v1/deployments}} */
  public String resourcePath() {
    return (group.isEmpty() ? "api/" : "apis/") + apiVersion() + "/" + plural;
  }

  /** {@return whether this row is about an object with such an API version and kind} */
  boolean matches(String apiVersion, String kindName) {
    if (!kind.equals(kindName)) {
      return false;
    }
    int slash = apiVersion.indexOf('/');
    String itsGroup = slash < 0 ? "" : apiVersion.substring(0, slash);
    String itsVersion = apiVersion.substring(slash + 1);
    // The paths of other groups have been the same in all their versions.
    return itsGroup.equals(group) && (!builtIn() || versions.contains(itsVersion));
  }

  /** {@return whether clusters once served this kind under that API version, and no longer do} */
  boolean wasServedAs(String apiVersion) {
    return switch (apiVersion) {
      case "extensions/v1beta1" -> group.equals("apps") && !kind.equals("StatefulSet");
      case "apps/v1beta1" ->
          group.equals("apps") && (kind.equals("Deployment") || kind.equals("StatefulSet"));
      case "apps/v1beta2" -> group.equals("apps");
      case "batch/v1beta1", "batch/v2alpha1" -> group.equals("batch") && kind.equals("CronJob");
      default -> false;
    };
  }
}

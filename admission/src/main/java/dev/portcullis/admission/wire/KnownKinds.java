package dev.portcullis.admission.wire;

import dev.portcullis.policy.GoText;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of objects that the reference's webhook can decode: those of core, apps, batch and
 * admission v1.
 */
public final class KnownKinds {
  /** What errors call this set: where the reference makes it. */
  public static final String SCHEME =
      "k8s.io/pod-security-admission/cmd/webhook/server/scheme.go:29";

  /** By group; all are v1. */
  private static final Map<String, Set<String>> V1 =
      Map.of(
          "",
          Set.of(
              "Binding",
              "ComponentStatus",
              "ComponentStatusList",
              "ConfigMap",
              "ConfigMapList",
              "Endpoints",
              "EndpointsList",
              "Event",
              "EventList",
              "LimitRange",
              "LimitRangeList",
              "List",
              "Namespace",
              "NamespaceList",
              "Node",
              "NodeList",
              "NodeProxyOptions",
              "PersistentVolume",
              "PersistentVolumeClaim",
              "PersistentVolumeClaimList",
              "PersistentVolumeList",
              "Pod",
              "PodAttachOptions",
              "PodExecOptions",
              "PodList",
              "PodLogOptions",
              "PodPortForwardOptions",
              "PodProxyOptions",
              "PodTemplate",
              "PodTemplateList",
              "RangeAllocation",
              "ReplicationController",
              "ReplicationControllerList",
              "ResourceQuota",
              "ResourceQuotaList",
              "Secret",
              "SecretList",
              "SerializedReference",
              "Service",
              "ServiceAccount",
              "ServiceAccountList",
              "ServiceList",
              "ServiceProxyOptions"),
          "apps",
          Set.of(
              "ControllerRevision",
              "ControllerRevisionList",
              "DaemonSet",
              "DaemonSetList",
              "Deployment",
              "DeploymentList",
              "ReplicaSet",
              "ReplicaSetList",
              "StatefulSet",
              "StatefulSetList"),
          "batch",
          Set.of("CronJob", "CronJobList", "Job", "JobList"),
          "admission.k8s.io",
          Set.of("AdmissionReview"));

  /** Known in every group above. */
  private static final Set<String> EVERY_GROUP =
      Set.of(
          "CreateOptions",
          "DeleteOptions",
          "GetOptions",
          "ListOptions",
          "PatchOptions",
          "UpdateOptions");

  /** Known in every group above, at v1 and inside. */
  private static final String WATCH_EVENT = "WatchEvent";

  /** Known in whatever version they claim. */
  private static final Set<String> EVERYWHERE =
      Set.of("APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status");

  private KnownKinds() {}

  /** {@return whether objects of this kind can be decoded} */
  public static boolean contains(ObjectKind kind) {
    if (EVERYWHERE.contains(kind.kind())) {
      return true;
    }
    Set<String> kinds = V1.get(kind.group());
    if (kinds == null) {
      return false;
    }
    if (kind.kind().equals(WATCH_EVENT)) {
      return kind.version().equals("v1") || kind.version().equals(ObjectKind.INTERNAL);
    }
    return kind.version().equals("v1")
        && (kinds.contains(kind.kind()) || EVERY_GROUP.contains(kind.kind()));
  }

  /** {@return how to say that a set does not know this kind} */
  public static String unknown(ObjectKind kind, String scheme) {
    String version =
        kind.version().equals(ObjectKind.INTERNAL)
            ? "the internal version of group " + GoText.quote(kind.group())
            : "version " + GoText.quote(kind.apiVersion());
    return "no kind "
        + GoText.quote(kind.kind())
        + " is registered for "
        + version
        + " in scheme "
        + GoText.quote(scheme);
  }

  /** {@return what an object of this kind says of itself}: a watch event cannot. */
  public static ObjectKind told(ObjectKind kind, TypeMeta meta) {
    return kind.kind().equals(WATCH_EVENT) ? new ObjectKind("", "", "") : meta.plain();
  }
}

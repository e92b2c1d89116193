package dev.portcullis.manifests;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds that hold a pod, and where in the object it is. */
enum WorkloadKind {
  POD("Pod", "v1", ""),
  POD_TEMPLATE("PodTemplate", "v1", "template"),
  REPLICATION_CONTROLLER("ReplicationController", "v1", "spec.template"),
  REPLICA_SET("ReplicaSet", "apps/v1", "spec.template"),
  DEPLOYMENT("Deployment", "apps/v1", "spec.template"),
  STATEFUL_SET("StatefulSet", "apps/v1", "spec.template"),
  DAEMON_SET("DaemonSet", "apps/v1", "spec.template"),
  JOB("Job", "batch/v1", "spec.template"),
  CRON_JOB("CronJob", "batch/v1", "spec.jobTemplate.spec.template");

  private static final Map<String, WorkloadKind> BY_NAME = new HashMap<>();

  static {
    for (WorkloadKind kind : values()) {
      BY_NAME.put(kind.kind, kind);
    }
  }

  private final String kind;
  private final String apiVersion;
  private final String podPath;

  WorkloadKind(String kind, String apiVersion, String podPath) {
    this.kind = kind;
    this.apiVersion = apiVersion;
    this.podPath = podPath;
  }

  /** {@return the kind of this name whatever its API version, or null} */
  static @Nullable WorkloadKind named(String kind) {
    return BY_NAME.get(kind);
  }

  String kind() {
    return kind;
  }

  /** {@return the API version that clusters serve it under} */
  String apiVersion() {
    return apiVersion;
  }

  /**
   * {@return whether an API version is an older one of the same kind, such as {@code
   * extensions/v1beta1}}
   */
  boolean wasServedAs(String version) {
    return switch (version) {
      case "extensions/v1beta1" -> this == REPLICA_SET || this == DEPLOYMENT || this == DAEMON_SET;
      case "apps/v1beta1" -> this == DEPLOYMENT || this == STATEFUL_SET;
      case "apps/v1beta2" -> apiVersion.equals("apps/v1");
      case "batch/v1beta1", "batch/v2alpha1" -> this == CRON_JOB;
      default -> false;
    };
  }

  /** {@return the keys that lead from the object to its pod} */
  List<String> podPath() {
    return podPath.isEmpty() ? List.of() : List.of(podPath.split("\\.", -1));
  }
}

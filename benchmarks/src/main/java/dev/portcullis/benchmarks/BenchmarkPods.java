package dev.portcullis.benchmarks;

import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pods as an API server sends them: one line, defaults filled in, managed fields beside them. */
final class BenchmarkPods {
  /** A pod of which nothing is set, where a field must hold one before it is set up. */
  static final PodView NONE =
      new PodView(
          "", "", "", "", Map.of(), null, false, false, false, null, null, null, null, List.of(),
          List.of());

  private BenchmarkPods() {}

  /** {@return a pod of one container that restricted:latest allows, about 3.7 KB} */
  static byte[] allowed() {
    return pod(
        1,
        container(
            "app", "\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]}"),
        "");
  }

  /** {@return a pod of three containers that violates most checks} */
  static byte[] denied() {
    String context =
        """
        "privileged":true,"allowPrivilegeEscalation":true,"runAsUser":0,\
        "capabilities":{"add":["NET_ADMIN","SYS_TIME"]},"seLinuxOptions":{"type":"spc_t","user":"u"},\
        "procMount":"Unmasked","seccompProfile":{"type":"Unconfined"}\
        """;
    String containers =
        container("app", context)
            + ","
            + container("proxy", context)
            + ","
            + container("logs", context);
    return pod(3, containers, "\"hostNetwork\":true,\"hostPID\":true,");
  }

  /** {@return a pod as most of the existing ones are: one container that sets nothing} */
  static byte[] plain() {
    return pod(1, container("app", ""), "");
  }

  private static byte[] pod(int containers, String containerList, String host) {
    String text =
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-6c5f7d9b8c-q4x2z",\
        "generateName":"web-6c5f7d9b8c-","namespace":"shop",\
        "uid":"11111111-2222-4333-8444-555555555555","creationTimestamp":"2026-11-23T08:00:00Z",\
        "labels":{"app.kubernetes.io/name":"web","app.kubernetes.io/instance":"shop",\
        "app.kubernetes.io/part-of":"shop","pod-template-hash":"6c5f7d9b8c"},\
        "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"9090"},\
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-6c5f7d9b8c",\
        "uid":"66666666-7777-4888-8999-000000000000","controller":true,"blockOwnerDeletion":true}],\
        "managedFields":[{"manager":"kube-controller-manager","operation":"Update",\
        "apiVersion":"v1","time":"2026-11-23T08:00:00Z","fieldsType":"FieldsV1","fieldsV1":%s}]},\
        "spec":{"volumes":[{"name":"scratch","emptyDir":{}},\
        {"name":"settings","configMap":{"name":"web","defaultMode":420}}],\
        "containers":[%s],"restartPolicy":"Always","terminationGracePeriodSeconds":30,\
        "dnsPolicy":"ClusterFirst","serviceAccountName":"web","serviceAccount":"web",%s\
        "securityContext":{"runAsNonRoot":true,"fsGroup":2000,\
        "seccompProfile":{"type":"RuntimeDefault"}},"schedulerName":"default-scheduler",\
        "priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},\
        "status":{"phase":"Pending","qosClass":"Burstable"}}\
        """
            .formatted(managedFields(containers), containerList, host);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String container(String name, String context) {
    return """
    {"name":"%1$s","image":"registry.example.com/shop/%1$s:3.14.1@sha256:%2$s",\
    "ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],\
    "env":[{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}],\
    "resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},\
    "volumeMounts":[{"name":"scratch","mountPath":"/tmp"},\
    {"name":"settings","readOnly":true,"mountPath":"/etc/%1$s"}],\
    "readinessProbe":{"httpGet":{"path":"/readyz","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,\
    "periodSeconds":10,"successThreshold":1,"failureThreshold":3},\
    "imagePullPolicy":"IfNotPresent","securityContext":{%3$s}}\
    """
        .formatted(name, "0123456789abcdef".repeat(4), context);
  }

  private static String managedFields(int containers) {
    var fields = new StringBuilder("{\"f:metadata\":{\"f:annotations\":{\".\":{}");
    for (String annotation : new String[] {"prometheus.io/port", "prometheus.io/scrape"}) {
      fields.append(",\"f:").append(annotation).append("\":{}");
    }
    fields.append(
        "},\"f:generateName\":{},\"f:labels\":{\".\":{},\"f:app.kubernetes.io/instance\":{},"
            + "\"f:app.kubernetes.io/name\":{},\"f:pod-template-hash\":{}},\"f:ownerReferences\":"
            + "{\".\":{},\"k:{\\\"uid\\\":\\\"66666666-7777-4888-8999-000000000000\\\"}\":{}}},"
            + "\"f:spec\":{\"f:containers\":{");
    for (int i = 0; i < containers; i++) {
      fields.append(i == 0 ? "" : ",");
      fields.append(
          String.format(
              Locale.ROOT,
              "\"k:{\\\"name\\\":\\\"c%d\\\"}\":{\".\":{},\"f:env\":{\".\":{},"
                  + "\"k:{\\\"name\\\":\\\"POD_NAME\\\"}\":{\".\":{},\"f:name\":{},\"f:valueFrom\":{}}},"
                  + "\"f:image\":{},\"f:imagePullPolicy\":{},\"f:name\":{},\"f:ports\":{\".\":{},"
                  + "\"k:{\\\"containerPort\\\":8080,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},"
                  + "\"f:containerPort\":{},\"f:name\":{},\"f:protocol\":{}}},\"f:readinessProbe\":"
                  + "{\".\":{},\"f:failureThreshold\":{},\"f:httpGet\":{},\"f:periodSeconds\":{},"
                  + "\"f:successThreshold\":{},\"f:timeoutSeconds\":{}},\"f:resources\":{\".\":{},"
                  + "\"f:limits\":{},\"f:requests\":{}},\"f:securityContext\":{\".\":{},"
                  + "\"f:allowPrivilegeEscalation\":{},\"f:capabilities\":{}},\"f:volumeMounts\":"
                  + "{\".\":{},\"k:{\\\"mountPath\\\":\\\"/tmp\\\"}\":{\".\":{},\"f:mountPath\":{},"
                  + "\"f:name\":{}}}}",
              i));
    }
    return fields
        .append("},\"f:dnsPolicy\":{},\"f:enableServiceLinks\":{},\"f:restartPolicy\":{},")
        .append("\"f:schedulerName\":{},\"f:securityContext\":{},\"f:volumes\":{\".\":{},")
        .append(
            "\"k:{\\\"name\\\":\\\"scratch\\\"}\":{\".\":{},\"f:emptyDir\":{},\"f:name\":{}}}}}")
        .toString();
  }
}

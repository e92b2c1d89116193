package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Defaults and exemptions from configuration, and labels that are only tried out. */
final class DefaultsLabIT {
  private static final String CONFIGURATION =
      """
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      defaults:
        enforce: baseline
        audit: restricted
        warn: restricted
      exemptions:
        namespaces: [kube-system]
      """;

  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.lively("labs-defaults");
    Registration.install(cluster, CONFIGURATION, Registration.Route.SERVICE);
  }

  @Test
  void anUnlabelledNamespaceHasTheDefaultsAndLabelsCanBeTriedOut() {
    cluster.makeNamespace("shop", Map.of());

    assertThat(cluster.kubectl().run("-n", "shop", "run", "nginx", "--image=nginx").succeeded())
        .isEqualTo("Warning: " + Words.wouldViolateRestricted("nginx") + "\npod/nginx created\n");
    var output = cluster.kubectl().apply(pod("host", "shop", "hostNetwork: true, "));
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.seen())
        .startsWith("Error from server (Forbidden): error when creating ")
        .endsWith(
            Registration.PREFIX
                + "pods \"host\" is forbidden: violates PodSecurity \"baseline:latest\": host"
                + " namespaces (hostNetwork=true)\n");

    cluster.kubectl().apply(pod("second", "shop", "")).succeeded();
    cluster.kubectl().apply(pod("host", "kube-system", "hostNetwork: true, ")).succeeded();
    String seen =
        cluster
            .kubectl()
            .run(
                "label",
                "--dry-run=server",
                "--overwrite",
                "ns",
                "--all",
                "pod-security.kubernetes.io/enforce=restricted")
            .succeeded();

    assertThat(seen)
        .isEqualTo(
            """
            namespace/default labeled (server dry run)
            namespace/kube-node-lease labeled (server dry run)
            namespace/kube-public labeled (server dry run)
            Warning: namespace "kube-system" is exempt from Pod Security, and the policy (enforce=restricted:latest) will be ignored
            namespace/kube-system labeled (server dry run)
            namespace/portcullis labeled (server dry run)
            Warning: existing pods in namespace "shop" violate the new PodSecurity enforce level "restricted:latest"
            Warning: nginx (and 1 other pod): allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile
            namespace/shop labeled (server dry run)
            """);
    assertThat(cluster.kubectl().run("get", "ns", "--show-labels").succeeded())
        .doesNotContain("pod-security.kubernetes.io/enforce");
  }

  private static String pod(String name, String namespace, String fields) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s}
    spec: {%scontainers: [{name: c, image: nginx}]}
    """
        .formatted(name, namespace, fields);
  }
}

package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a person at kubectl sees, word for word, through a Service (HTTP/1.1) and through a URL
 * (HTTP/2).
 */
@ParameterizedClass
@EnumSource(Registration.Route.class)
final class LabsIT {
  private static Cluster cluster;
  private static Webhook webhook;

  private final Registration.Route route;

  LabsIT(Registration.Route route) {
    this.route = route;
  }

  @BeforeParameterizedClassInvocation(injectArguments = true)
  static void start(Registration.Route route) {
    cluster = Cluster.lively("labs-" + route);
    webhook = Registration.install(cluster, Webhook.DEFAULTS, route);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    Cluster.closeStarted(cluster);
    cluster = null;
  }

  /** By what Portcullis counts; the reference counts no protocols. */
  @AfterEach
  void everyRequestCameByTheProtocolOfItsRoute() {
    if (Webhook.Kind.chosen() == Webhook.Kind.PORTCULLIS) {
      assertThat(webhook.requestsBy(route.protocol)).isPositive();
      for (Registration.Route other : Registration.Route.values()) {
        assertThat(other == route || webhook.requestsBy(other.protocol) == 0).isTrue();
      }
    } else {
      System.out.println("labs: which protocol the reference was asked by is not known");
    }
  }

  @Test
  void thePodSecurityLab() {
    var pss = new Workload(cluster.admin(), "pss", "pss");

    assertThat(applyLab("1-workload"))
        .isEqualTo("namespace/pss created\ndeployment.apps/pss created\n");
    pss.awaitRolledOut();
    assertThat(seen("get", "ns", "pss", "--show-labels"))
        .endsWith("kubernetes.io/metadata.name=pss\n")
        .doesNotContain("pod-security");

    assertThat(applyLab("2-privileged")).isEqualTo("deployment.apps/pss configured\n");
    pss.awaitRolledOut();
    assertThat(pss.pods())
        .singleElement()
        .satisfies(pod ->
            assertThat(pod.at("/spec/containers/0/securityContext/privileged").asBoolean())
                .isTrue());

    assertThat(applyLab("3-baseline-namespace"))
        .isEqualTo(
            """
            Warning: existing pods in namespace "pss" violate the new PodSecurity enforce level "baseline:latest"
            Warning: pss-<hash>: privileged
            namespace/pss configured
            """);
    assertThat(seen("-n", "pss", "delete", "pod", "--all"))
        .startsWith("pod \"pss-<hash>\" deleted");
    assertThat(withoutHash(pss.awaitFailedCreate("baseline")))
        .isEqualTo(
            Registration.PREFIX
                + "pods \"pss-<hash>\" is forbidden: violates PodSecurity \"baseline:latest\":"
                + " privileged (container \"pss\" must not set securityContext.privileged=true)");
    assertThat(pss.pods()).isEmpty();

    assertThat(applyLab("4-baseline-workload")).isEqualTo("deployment.apps/pss configured\n");
    pss.awaitRolledOut();

    assertThat(applyLab("5-restricted-namespace"))
        .isEqualTo(
            """
            Warning: existing pods in namespace "pss" violate the new PodSecurity enforce level "restricted:latest"
            Warning: pss-<hash>: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile
            namespace/pss configured
            """);
    assertThat(seen("-n", "pss", "delete", "pod", "--all"))
        .startsWith("pod \"pss-<hash>\" deleted");
    assertThat(withoutHash(pss.awaitFailedCreate("restricted")))
        .isEqualTo(
            Registration.PREFIX
                + "pods \"pss-<hash>\" is forbidden: violates PodSecurity \"restricted:latest\": "
                + Words.bare("pss"));
    assertThat(pss.pods()).isEmpty();

    assertThat(applyLab("6-restricted-workload")).isEqualTo("deployment.apps/pss configured\n");
    pss.awaitRolledOut();
  }

  @Test
  void warnAndAuditBesideEnforce() {
    cluster.makeNamespace(
        "beside",
        Map.of(
            "pod-security.kubernetes.io/enforce", "baseline",
            "pod-security.kubernetes.io/warn", "restricted",
            "pod-security.kubernetes.io/audit", "restricted"));

    assertThat(seen("-n", "beside", "run", "nginx", "--image=nginx"))
        .isEqualTo("Warning: " + Words.wouldViolateRestricted("nginx") + "\npod/nginx created\n");
    assertThat(createdWith("pods", "beside", "nginx"))
        .containsEntry(
            Registration.WEBHOOK + "/audit-violations", Words.wouldViolateRestricted("nginx"))
        .containsEntry(Registration.WEBHOOK + "/enforce-policy", "baseline:latest");

    assertThat(
            seen(
                "-n",
                "beside",
                "create",
                "deployment",
                "web",
                "--image=registry.example.com/shop:1"))
        .isEqualTo(
            "Warning: " + Words.wouldViolateRestricted("shop") + "\ndeployment.apps/web created\n");
    assertThat(createdWith("deployments", "beside", "web"))
        .containsEntry(
            Registration.WEBHOOK + "/audit-violations", Words.wouldViolateRestricted("shop"))
        .doesNotContainKey(Registration.WEBHOOK + "/enforce-policy");
  }

  @Test
  void aPrivilegedPodUnderRestricted() {
    cluster.makeNamespace("verify", Map.of("pod-security.kubernetes.io/enforce", "restricted"));

    var output =
        cluster
            .kubectl()
            .run(
                "-n",
                "verify",
                "run",
                "test",
                "--dry-run=server",
                "--image=busybox",
                "--privileged");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.seen())
        .isEqualTo(
            "Error from server (Forbidden): "
                + Registration.PREFIX
                + "pods \"test\" is forbidden: violates PodSecurity \"restricted:latest\":"
                + " privileged (container \"test\" must not set securityContext.privileged=true), "
                + Words.bare("test")
                + "\n");
  }

  @Test
  void mistakes() {
    cluster.makeNamespace("mistaken", Map.of());

    var output =
        cluster
            .kubectl()
            .run("label", "ns", "mistaken", "pod-security.kubernetes.io/enforce=Restricted");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.seen())
        .isEqualTo(
            "The Namespace \"mistaken\" is invalid:"
                + " metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value:"
                + " \"Restricted\": must be one of privileged, baseline, restricted\n");
  }

  private static String applyLab(String manifest) {
    return withoutHash(
        cluster.kubectl().apply(Words.resource("pss-lab/" + manifest + ".yaml")).succeeded());
  }

  private static String seen(String... arguments) {
    return withoutHash(cluster.kubectl().run(arguments).succeeded());
  }

  private static Map<String, String> createdWith(String resource, String namespace, String name) {
    return cluster.server().auditLog().annotationsOfCreated(resource, namespace, name);
  }

  /** Pod names end in what the controllers made up. */
  private static String withoutHash(String seen) {
    return seen.replaceAll("pss-[a-z0-9]{5,10}-[a-z0-9]{5}", "pss-<hash>");
  }
}

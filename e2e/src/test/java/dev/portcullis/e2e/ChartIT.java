package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the chart makes is what {@code install.yaml} says, and a real API server takes it. */
final class ChartIT {
  @Test
  void theSingleFileIsTheChartRendered() throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(Tools.checkout().resolve("deploy/render").toString(), "--check")
            .redirectErrorStream(true);
    builder.environment().put("HELM", Tools.installed().path("helm"));
    Process render = builder.start();
    String difference = new String(render.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(render.waitFor()).as(difference).isZero();
  }

  @Test
  void ourOwnDeploymentIsRestricted() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(
                Webhook.launcher(),
                "check",
                "--level",
                "restricted",
                Tools.checkout().resolve("deploy/install.yaml").toString())
            .redirectErrorStream(true)
            .start();
    String report = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(report).isZero();
  }

  @Test
  void anApiServerTakesEveryObject() {
    try (Cluster cluster = Cluster.still("chart", new PodSecurityPlugin.Off())) {
      String file = Tools.checkout().resolve("deploy/install.yaml").toString();

      assertThat(cluster.kubectl().run("apply", "--validate=strict", "-f", file).succeeded())
          .contains("deployment.apps/portcullis created")
          .doesNotContain("Warning");
      // What a controller manager does, which is not here; the pod of `helm test` runs under it.
      assertThat(
              cluster
                  .kubectl()
                  .run("create", "serviceaccount", "default", "-n", Registration.NAMESPACE)
                  .succeeded())
          .contains("created");

      for (List<String> values :
          List.of(
              List.of("autoscaling.enabled=true", "networkPolicy.enabled=true"),
              List.of("webhooks.mutating.enabled=true", "clientCaConfigMap=api-server"),
              List.of("webhooks.registration=at-once", "webhooks.mutating.enabled=true"),
              List.of(
                  "webhooks.alsoNames={" + Registration.TWIN + "}",
                  "webhooks.excludedNamespaces={kube-system,2024}",
                  "podDisruptionBudget.minAvailable=1",
                  "commonAnnotations.owner=2024"),
              List.of("cleanup.enabled=true", "cleanup.image=registry.example.com/kubectl:1"),
              List.of(
                  "certificates.source=secret",
                  "certificates.secret.name=tls",
                  "certificates.secret.caBundle=" + ApiClient.base64(cluster.authorityPem())))) {
        assertThat(
                cluster
                    .kubectl()
                    .applyWith(
                        Chart.render(List.of(), values), "--dry-run=server", "--validate=strict")
                    .succeeded())
            .as(values.toString())
            .contains("deployment.apps/portcullis")
            .doesNotContain("Warning");
      }
    }
  }
}

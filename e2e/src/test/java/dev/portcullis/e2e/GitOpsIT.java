package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Portcullis is installed by {@code install.yaml}, as a GitOps tool does it: without Leases, and
 * applied again all the time.
 */
final class GitOpsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void whatIsAppliedAgainAndAgainStaysComplete() throws IOException {
    try (Life life =
        Life.start("gitops", Map.of("pod-security.kubernetes.io/enforce", "restricted"))) {
      String manifest = manifest(life);
      life.phase(
          "applied without the Lease",
          0,
          () -> {
            apply(life, manifest);
            life.stream().awaitEnforced(PATIENCE);
            life.awaitRolledOut();
          });
      life.phase(
          "applied again every five seconds",
          0,
          () -> {
            for (int i = 0; i < 4; i++) {
              apply(life, manifest);
              expectNoDifference(life, manifest);
              life.stream().awaitEnforced(PATIENCE);
            }
          });
      life.phase(
          "the webhooks are replaced as a whole, and completed again",
          0,
          () -> {
            life.cluster()
                .kubectl()
                .run("delete", "validatingwebhookconfiguration", "portcullis-enforcing")
                .succeeded();
            apply(life, manifest);
            life.stream().awaitEnforced(PATIENCE);
          });
      life.phase(
          "kubectl delete of everything",
          0,
          () -> {
            life.cluster()
                .kubectl()
                .run(
                    "delete",
                    "validatingwebhookconfiguration",
                    "portcullis-enforcing",
                    "portcullis-advisory",
                    "portcullis-probe")
                .succeeded();
            life.cluster().kubectl().run("delete", "namespace", "portcullis").succeeded();
            life.stream().awaitClean(24, PATIENCE);
          });
      life.stream().awaitJobs(PATIENCE);
      life.assertFaultless();
    }
  }

  /** {@return the file's objects as JSON, but Leases, with a port that needs no root} */
  private static String manifest(Life life) throws IOException {
    String text =
        Files.readString(Tools.checkout().resolve("deploy/install.yaml"))
            .replace("port: 443\n", "port: 9443\n")
            .replace("image: portcullis:", "image: registry.example.com/portcullis:");
    var all = new StringBuilder();
    for (ObjectNode object : life.cluster().kubectl().objects(text)) {
      if (!object.path("kind").asString().equals("Lease")) {
        all.append(object).append("\n---\n");
      }
    }
    return all.toString();
  }

  private static void apply(Life life, String manifest) {
    life.cluster().kubectl().apply(manifest).succeeded();
  }

  /** A GitOps tool that compares must see nothing that it would put right for ever. */
  private static void expectNoDifference(Life life, String manifest) {
    Kubectl.Output difference = life.cluster().kubectl().diff(manifest);
    if (difference.exitCode() != 0) {
      life.fault("kubectl diff: " + difference.seen().lines().limit(60).toList());
    }
  }
}

package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Go reference's own conformance suite passes, run as anybody runs it on a cluster. */
final class ReferenceSuiteIT {
  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Path configuration = Tools.module().resolve("conformance-suite/podsecurity.yaml");
    cluster = Cluster.still("reference-suite", new PodSecurityPlugin.Off());
    Registration.install(cluster, Files.readString(configuration), Registration.Route.SERVICE);
  }

  @Test
  void passes() throws IOException, InterruptedException {
    Path administrator = cluster.folder().resolve("administrator.kubeconfig");
    Path log = cluster.folder().resolve("conformance-suite.log");
    Identity.replace(administrator, cluster.admin().kubeconfig());
    var builder =
        new ProcessBuilder(
                Tools.checkout().resolve("conformance/run").toString(),
                "--cluster",
                administrator.toString(),
                "-test.v")
            .directory(cluster.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());

    Process suite = cluster.add(new Child(builder.start())).process();
    int exitCode = suite.waitFor();

    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    List<String> failures =
        lines.stream().filter(line -> line.contains("FAIL") || line.contains("_test.go")).toList();
    long passed = lines.stream().filter(line -> line.strip().startsWith("--- PASS")).count();
    System.out.println("reference suite: " + passed + " tests and subtests passed");
    assertThat(failures).as("see " + log).isEmpty();
    assertThat(lines).noneMatch(line -> line.contains("--- SKIP"));
    assertThat(exitCode).isZero();
    // 26 namespaces, each with a base case and two for every check: an empty run is no proof.
    assertThat(passed).isGreaterThan(500);
  }

  private record Child(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}

package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own: what it prints, and how it ends. */
@Timeout(240)
class ServeProcessTest {
  @TempDir Path folder;

  @Test
  void servesAFolderAndEndsWellOnSigterm() throws Exception {
    Files.writeString(
        folder.resolve("namespaces.yaml"),
        "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
    Process process = serve("--cluster", folder.toString(), "--port", "0", "--metrics-port", "0");
    try (BufferedReader out = process.inputReader()) {
      String reviews = out.readLine();
      String operators = out.readLine();
      assertThat(reviews).matches("listening for reviews on https://127\\.0\\.0\\.1:\\d+/validate");
      assertThat(operators)
          .matches("listening for probes and scrapes on http://127\\.0\\.0\\.1:\\d+");
      assertThat(out.readLine()).isEqualTo("namespaces and pods come from manifests in " + folder);
      assertThat(out.readLine()).startsWith("caBundle: LS0tLS1CRUdJTi");
      try (HttpClient http = HttpClient.newHttpClient()) {
        String ready = operators.substring(operators.indexOf("http://")) + "/readyz";
        assertThat(
                http.send(
                        HttpRequest.newBuilder(URI.create(ready)).build(),
                        HttpResponse.BodyHandlers.ofString())
                    .body())
            .isEqualTo("ok");
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhatToGive() throws Exception {
    assertThat(failure("--self-signed", "--port", "0"))
        .isEqualTo(
            "portcullis serve: no cluster: give --kubeconfig FILE, or --cluster PATH with a folder"
                + " of manifests; neither is needed only in a pod with a service account");
    assertThat(failure("--self-signed", "--kubeconfig", folder.resolve("none").toString()))
        .isEqualTo("portcullis serve: cannot read the kubeconfig " + folder.resolve("none"));
  }

  @Test
  void refusesToRenewTooLateOrAllTheTime() throws Exception {
    for (String time : List.of("9s", "1m")) {
      assertThat(
              failure(
                  "--kubeconfig",
                  nowhere().toString(),
                  "--certificate-secret=tls",
                  "--certificate-namespace=portcullis",
                  "--certificate-lifetime=1m",
                  "--certificate-renew-before=" + time))
          .isEqualTo(
              "portcullis serve: --certificate-renew-before must be shorter than"
                  + " --certificate-lifetime, and at least 2m or a sixth of it");
    }
  }

  /** {@return a kubeconfig for an API server that is away} */
  private Path nowhere() throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
        users: [{name: u, user: {token: t}}]
        """);
  }

  @Test
  void namesAPortThatIsTaken() throws Exception {
    Files.writeString(
        folder.resolve("n.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
    try (var taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(failure("--cluster", folder.toString(), "--port", port, "--metrics-port", "0"))
          .startsWith("portcullis serve: cannot listen on 127.0.0.1:" + port + ": ");
    }
  }

  @Test
  void repeatsTheReferencesWordsForABadConfiguration() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            apiVersion: pod-security.admission.config.k8s.io/v1
            kind: PodSecurityConfiguration
            defaults: {enforce: Baseline}
            """);
    Path cluster =
        Files.writeString(
            folder.resolve("n.yaml"),
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
    assertThat(
            failure(
                "--cluster",
                cluster.toString(),
                "--config",
                config.toString(),
                "--port",
                "0",
                "--metrics-port",
                "0"))
        .isEqualTo(
            "portcullis serve: configuration error: enforce: must be one of privileged, baseline,"
                + " restricted");
  }

  @Test
  void everyLineOfAServerWhoseLogIsJsonIsJson() throws Exception {
    Files.writeString(
        folder.resolve("n.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
    Process process =
        serve("--cluster", folder.toString(), "--port=0", "--metrics-port=0", "--log-format=json");
    try (BufferedReader err = process.errorReader()) {
      var lines = new ArrayList<String>();
      while (lines.stream().noneMatch(line -> line.contains("caBundle: "))) {
        lines.add(err.readLine());
      }
      process.toHandle().destroy(); // Process.destroy would close what is read next
      err.lines().forEach(lines::add);
      assertThat(process.inputReader().lines()).isEmpty();
      assertThat(lines)
          .anyMatch(line -> line.contains("\"message\":\"listening for reviews on https://"))
          .anyMatch(line -> line.contains("\"message\":\"stopping: not ready any more"))
          .allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("}"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aStartThatFailsIsALineOfTheLog() throws Exception {
    Process process = serve("--cluster", folder.resolve("none").toString(), "--log-format=json");
    try (BufferedReader err = process.errorReader()) {
      assertThat(err.readLine())
          .matches(
              "\\{\"time\":\"[^\"]+\",\"level\":\"error\",\"message\":\"portcullis serve: "
                  + folder.resolve("none")
                  + " does not exist; --cluster takes a file or folder of manifests\"}");
      assertThat(process.waitFor()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }

  /** {@return the last line on standard error of a server that does not start} */
  private static String failure(String... given) throws Exception {
    var arguments = new ArrayList<>(List.of(given));
    arguments.add("--log-format=text");
    Process process = serve(arguments.toArray(String[]::new));
    try {
      List<String> lines =
          process.errorReader().lines().filter(line -> !line.startsWith("SLF4J")).toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
      return lines.getLast();
    } finally {
      process.destroyForcibly();
    }
  }

  static Process serve(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.portcullis.cli.Main",
                "serve"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}

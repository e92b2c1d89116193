package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One replica of the webhook under test, a process of its own on loopback.
 *
 * <p>Its API user is {@code portcullis}, which may do what the chart's roles say and no more.
 */
final class Webhook implements AutoCloseable {
  /** Which program is under test. */
  enum Kind {
    PORTCULLIS,
    REFERENCE;

    /** {@return what {@code -De2e.webhook} chooses; Portcullis by default} */
    static Kind chosen() {
      return switch (System.getProperty("e2e.webhook", "portcullis")) {
        case "portcullis" -> PORTCULLIS;
        case "reference" -> REFERENCE;
        case String other ->
            throw new IllegalArgumentException(
                "-De2e.webhook=" + other + ": portcullis or reference");
      };
    }
  }

  /**
   * What a replica is started with.
   *
   * @param folder keeps its files and its log
   * @param configuration the text of a PodSecurityConfiguration
   * @param serving its certificate
   * @param selfManaged options by which it makes its certificate itself; {@code serving} is then
   *     not used
   * @param user whom the API server takes it for
   */
  record Settings(
      Path folder,
      int port,
      String configuration,
      CertificateAuthority authority,
      Identity serving,
      List<String> selfManaged,
      String user) {
    Settings(
        Path folder,
        int port,
        String configuration,
        CertificateAuthority authority,
        Identity serving,
        List<String> selfManaged) {
      this(folder, port, configuration, authority, serving, selfManaged, USER);
    }

    Settings(
        Path folder,
        int port,
        String configuration,
        CertificateAuthority authority,
        Identity serving) {
      this(folder, port, configuration, authority, serving, List.of());
    }
  }

  /** Its service account's user name; a client certificate stands in for the token. */
  static final String USER = userOf(Registration.RELEASE);

  static final String DEFAULTS =
      """
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      """;

  private static final String CONFIGURATION = "podsecurity.yaml";
  private static final Duration READY = Duration.ofSeconds(60);

  private final Settings settings;
  private final List<String> command;
  private final MountedFolder mounted;
  private final MountedFolder secret;
  private final Probes probes;
  private final ApiClient operator;
  private Program program;

  private Webhook(
      Settings settings,
      Probes probes,
      List<String> command,
      MountedFolder mounted,
      MountedFolder secret) {
    this.probes = probes;
    this.mounted = mounted;
    this.secret = secret;
    this.settings = settings;
    this.command = command;
    this.operator = client("%s://127.0.0.1:%d".formatted(probes.scheme(), probes.port()));
    this.program = launch();
  }

  /** {@return the user that the chart's roles are for in a release of this name} */
  static String userOf(String release) {
    return "system:serviceaccount:" + Registration.NAMESPACE + ":" + release;
  }

  private ApiClient client(String server) {
    return new ApiClient(
        URI.create(server),
        settings.authority().certificate(),
        settings.authority().client("probe", List.of()));
  }

  /** Starts a replica; returns when it says that it is ready. */
  static Webhook start(Kind kind, Settings settings, ApiServer server) {
    Webhook started = launch(kind, settings, server);
    started.awaitReady();
    return started;
  }

  /** Starts a replica without waiting for it. */
  static Webhook launch(Kind kind, Settings settings, ApiServer server) {
    Path kubeconfig = settings.folder().resolve("kubeconfig");
    Identity.replace(kubeconfig, server.clientOf(settings.user(), List.of()).kubeconfig());
    var mounted = new MountedFolder(settings.folder().resolve("config"));
    var secret = new MountedFolder(settings.folder().resolve("tls"));
    mounted.write(Map.of(CONFIGURATION, settings.configuration()));
    secret.write(settings.serving().files());
    var common =
        List.of(
            "--config=" + mounted.file(CONFIGURATION),
            "--kubeconfig=" + kubeconfig,
            "--bind-address=127.0.0.1");
    var certificate =
        settings.selfManaged().isEmpty()
            ? List.of(
                "--tls-cert-file=" + secret.file("tls.crt"),
                "--tls-private-key-file=" + secret.file("tls.key"))
            : settings.selfManaged();
    // The reference answers probes where it answers reviews.
    var probes =
        switch (kind) {
          case REFERENCE -> new Probes(settings.port(), "https");
          case PORTCULLIS -> new Probes(Ports.free(), "http");
        };
    var own =
        switch (kind) {
          case REFERENCE ->
              List.of(
                  List.of(Tools.installed().path("pod-security-webhook")),
                  List.of(
                      "--secure-port=" + settings.port(),
                      "--client-qps-limit=1000",
                      "--client-qps-burst=1000"));
          case PORTCULLIS ->
              List.of(
                  List.of(Launcher.PATH, "serve"),
                  List.of("--port=" + settings.port(), "--metrics-port=" + probes.port()));
        };
    var command = joined(List.of(own.getFirst(), common, certificate, own.getLast()));
    return new Webhook(settings, probes, command, mounted, secret);
  }

  /** Where {@code /readyz} and the metrics are. */
  record Probes(int port, String scheme) {}

  Probes probes() {
    return probes;
  }

  int port() {
    return settings.port();
  }

  CertificateAuthority authority() {
    return settings.authority();
  }

  /** Changes the mounted configuration, as a ConfigMap's update does. */
  void configure(String configuration) {
    mounted.write(Map.of(CONFIGURATION, configuration));
  }

  /**
   * Changes the mounted certificate, as a Secret's update does; the old one is not valid any less.
   */
  void rotate(Identity serving) {
    secret.write(serving.files());
  }

  /** Sends a review as the API server does. */
  ApiResponse review(JsonNode review) {
    return client("https://127.0.0.1:" + settings.port()).create("/validate?timeout=5s", review);
  }

  /** {@return the certificate that a new connection is shown} */
  X509Certificate shownCertificate() {
    return client("https://127.0.0.1:" + settings.port()).shownCertificate();
  }

  void kill() {
    program.kill();
  }

  int terminate(Duration grace) {
    return program.terminate(grace);
  }

  void startAgain() {
    program = launch();
    awaitReady();
  }

  void awaitReady() {
    program.awaitReady(READY, () -> passes("/readyz"));
  }

  /** {@return whether a probe is answered, and well} */
  boolean passes(String probe) {
    return operator.reaches(probe);
  }

  /**
   * {@return the value of one of Portcullis' own metrics, 0 when there is no such series}
   *
   * @param series name and labels as they are scraped
   */
  double metric(String series) {
    return operator
        .text("/metrics")
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** {@return how many reviews Portcullis was asked for by a protocol, named as ALPN does} */
  double requestsBy(String protocol) {
    return metric("portcullis_requests_total{protocol=\"" + protocol + "\"}");
  }

  /** {@return the messages of its log so far} */
  List<String> messages() {
    try (Stream<String> lines = Files.lines(program.log())) {
      return lines
          .filter(line -> line.startsWith("{") && line.endsWith("}"))
          .map(line -> ApiClient.JSON.readTree(line).path("message").asString(""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    program.close();
  }

  /** {@return the launcher of the Portcullis under test} */
  static String launcher() {
    return Launcher.PATH;
  }

  /** The checkout's own, or one of a distribution: unpacked already, or its tar.gz. */
  private static final class Launcher {
    static final String PATH = path(System.getProperty("e2e.launcher", ""));

    static {
      // Its first use may build Portcullis: no part of any start that is waited for.
      var first =
          Program.start(
              "portcullis --version",
              Tools.module().resolve("target/e2e/launcher.log"),
              List.of(PATH, "--version"),
              Map.of());
      first.awaitEnd(Duration.ofMinutes(15));
    }

    private static String path(String chosen) {
      if (chosen.isEmpty()) {
        return Tools.checkout().resolve("portcullis").toString();
      }
      Path file = Path.of(chosen).toAbsolutePath();
      if (!chosen.endsWith(".tar.gz")) {
        return file.toString();
      }
      Path folder = Tools.module().resolve("target/e2e/distribution");
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      // The archive has one folder, whatever the version and the machine.
      Program.start(
              "tar",
              Tools.module().resolve("target/e2e/launcher.log"),
              List.of(
                  "tar",
                  "--extract",
                  "--file=" + file,
                  "--directory=" + folder,
                  "--strip-components=1",
                  "--recursive-unlink"),
              Map.of())
          .awaitEnd(Duration.ofMinutes(2));
      return folder.resolve("bin/portcullis").toString();
    }
  }

  private Program launch() {
    return Program.start("webhook", settings.folder().resolve("webhook.log"), command, Map.of());
  }

  private static List<String> joined(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }
}

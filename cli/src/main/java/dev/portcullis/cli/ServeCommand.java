package dev.portcullis.cli;

import dev.portcullis.admission.harden.HardenConfiguration;
import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.cluster.CertificateStore;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.ClusterException;
import dev.portcullis.cluster.FolderCluster;
import dev.portcullis.cluster.LiveCluster;
import dev.portcullis.webhook.Address;
import dev.portcullis.webhook.CertificateSource;
import dev.portcullis.webhook.Limits;
import dev.portcullis.webhook.Log;
import dev.portcullis.webhook.LogFormat;
import dev.portcullis.webhook.Settings;
import dev.portcullis.webhook.StartException;
import dev.portcullis.webhook.TlsProvider;
import dev.portcullis.webhook.WarmUp;
import dev.portcullis.webhook.WebhookServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis serve}: the admission webhook. */
@Command(
    name = "serve",
    description = "Answers the API server's admission reviews over HTTPS.",
    footer = {
      "",
      "Namespaces and pods come from --cluster, from --kubeconfig, or from the cluster that the"
          + " process runs in.",
      "With --cluster alone it listens on this machine only, with a certificate that it makes"
          + " itself.",
      "",
      "Exit code: 0 after SIGTERM or SIGINT once requests are answered, 2 if it cannot start."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  /** The next certificate is trusted for up to a minute before it is shown. */
  private static final Duration LEAST_RENEW_BEFORE = Duration.ofMinutes(2);

  private static final Duration REHEARSAL = Duration.ofSeconds(3);

  private static @Nullable WarmUp begun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A PodSecurityConfiguration, followed for changes. Without one, namespace labels alone"
              + " decide.")
  private @Nullable Path config;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The cluster that its current context names.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--cluster",
      paramLabel = "PATH",
      description =
          "A file or folder of Namespace and Pod manifests that stands for a cluster, followed for"
              + " changes.")
  private @Nullable Path folder;

  @Option(
      names = "--bind-address",
      paramLabel = "HOST",
      description = "Where to listen for reviews (default: 0.0.0.0, with --cluster 127.0.0.1).")
  private @Nullable String bindAddress;

  @Option(
      names = "--port",
      defaultValue = "8443",
      description = "Port for reviews; 0 for any (default: 8443).")
  private int port = 8443;

  @Option(
      names = "--metrics-bind-address",
      paramLabel = "HOST",
      description = "Where to listen for probes and scrapes, by HTTP (default: as --bind-address).")
  private @Nullable String metricsBindAddress;

  @Option(
      names = "--metrics-port",
      defaultValue = "8080",
      description = "Port for probes and scrapes; 0 for any (default: 8080).")
  private int metricsPort = 8080;

  @Option(
      names = "--tls-cert-file",
      paramLabel = "FILE",
      description = "The certificate in PEM, followed for changes.")
  private @Nullable Path certificate;

  @Option(names = "--tls-private-key-file", paramLabel = "FILE", description = "Its key in PEM.")
  private @Nullable Path key;

  @Option(
      names = "--self-signed",
      description = "Make a certificate at start and print its caBundle: for a laptop.")
  private boolean selfSigned;

  @ArgGroup(validate = false, heading = "%nCertificates that replicas make for themselves:%n")
  private Managed managed = new Managed();

  /** Which objects of the cluster keep the certificate. */
  static final class Managed {
    @Option(
        names = "--certificate-secret",
        paramLabel = "NAME",
        description =
            "Keep the certificate in this Secret of the pod's own namespace, and renew it.")
    private @Nullable String secret;

    @Option(
        names = "--certificate-lease",
        paramLabel = "NAME",
        description = "The Lease that says whose turn it is (default: as --certificate-secret).")
    private @Nullable String lease;

    @Option(
        names = "--certificate-service",
        paramLabel = "NAME",
        description = "The Service by which the API server calls.")
    private String service = "portcullis";

    @Option(
        names = "--certificate-namespace",
        paramLabel = "NAME",
        description = "Where Secret, Lease and Service are (default: $POD_NAMESPACE).")
    private @Nullable String namespace;

    @Option(
        names = "--certificate-lifetime",
        paramLabel = "TIME",
        converter = Time.class,
        description = "How long a certificate is good for (default: 2160h).")
    private Duration lifetime = Duration.ofDays(90);

    @Option(
        names = "--certificate-renew-before",
        paramLabel = "TIME",
        converter = Time.class,
        description = "Renew it when so much of that is left (default: a third).")
    private @Nullable Duration renewBefore;

    @Option(
        names = "--webhook-configuration",
        paramLabel = "NAME",
        description = "A ValidatingWebhookConfiguration to write the caBundle into; repeatable.")
    private List<String> validating = List.of();

    @Option(
        names = "--mutating-webhook-configuration",
        paramLabel = "NAME",
        description = "A MutatingWebhookConfiguration to write the caBundle into; repeatable.")
    private List<String> mutating = List.of();
  }

  @Option(
      names = "--client-ca-file",
      paramLabel = "FILE",
      description =
          "Demand a client certificate that one of these authorities, in PEM, has signed.")
  private @Nullable Path clientAuthorities;

  @Option(
      names = "--tls-provider",
      paramLabel = "auto|boringssl|jdk",
      description =
          "Who computes TLS (default: auto, BoringSSL where its native code runs, else the JDK).")
  private String tlsProvider = "auto";

  @Option(
      names = "--harden-config",
      paramLabel = "FILE",
      description =
          "A HardeningConfiguration: what /mutate does in namespaces without labels for it.")
  private @Nullable Path hardenConfig;

  @Option(
      names = "--log-format",
      paramLabel = "json|text",
      description =
          "How the log on standard error is written (default: json, with --cluster text).")
  private @Nullable String logFormat;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Warm up and exit with 0: so a class archive is made from a start.")
  private boolean rehearse;

  @ArgGroup(validate = false, heading = "%nTimes and limits:%n")
  private Bounds bounds = new Bounds();

  /** Times and limits. */
  static final class Bounds {
    @Option(
        names = "--shutdown-grace",
        paramLabel = "TIME",
        converter = Time.class,
        description = "How long a stop may take (default: 30s).")
    private Duration grace = Settings.Timing.STANDARD.shutdownGrace();

    @Option(
        names = "--shutdown-delay",
        paramLabel = "TIME",
        converter = Time.class,
        description = "How long to go on after /readyz says no (default: 3s, with --cluster 0s).")
    private @Nullable Duration delay;

    @Option(
        names = "--max-connections",
        paramLabel = "N",
        description = "More are closed at once (default: 1000).")
    private int connections = Limits.STANDARD.connections();

    @Option(
        names = "--max-requests",
        paramLabel = "N",
        description = "Reviews under way at once; more are answered 503 (default: 512).")
    private int requests = Limits.STANDARD.requests();

    @Option(
        names = "--max-header-bytes",
        paramLabel = "N",
        description = "Longer headers are answered 431 (default: 65536).")
    private int headerBytes = Limits.STANDARD.headerBytes();

    @Option(
        names = "--read-timeout",
        paramLabel = "TIME",
        converter = Time.class,
        description = "For a request to arrive (default: 15s).")
    private Duration read = Limits.STANDARD.read();

    @Option(
        names = "--idle-timeout",
        paramLabel = "TIME",
        converter = Time.class,
        description = "For a connection without requests (default: 90s).")
    private Duration idle = Limits.STANDARD.idle();

    @Option(
        names = "--handshake-timeout",
        paramLabel = "TIME",
        converter = Time.class,
        description = "For a TLS handshake (default: 10s).")
    private Duration handshake = Limits.STANDARD.handshake();
  }

  /**
   * Begins the warm-up before the arguments are read, which takes a fifth of a start: it needs
   * nothing of them but who does TLS.
   */
  static void beginEarly(List<String> args) {
    var others = List.of("--help", "-h", "--version", "-V", "--rehearse");
    if (args.stream().noneMatch(arg -> others.contains(arg) || arg.contains("jdk"))) {
      begun = WarmUp.begin(TlsProvider::best);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    LogFormat format;
    try {
      format = format();
    } catch (StartException e) {
      return fail(e.message());
    }
    var log =
        new Log(
            format,
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8));
    WarmUp warmUp = rehearse ? WarmUp.begin(this::tlsIfKnown, REHEARSAL) : begun;
    if (warmUp == null) {
      warmUp = WarmUp.begin(this::tlsIfKnown);
    }
    try (Cluster cluster = cluster()) {
      Settings settings = settings(cluster);
      WebhookServer server = WebhookServer.create(settings, cluster, log);
      if (rehearse) {
        server.rehearse(warmUp);
        log.close();
        return 0;
      }
      var hook = new Thread(() -> stop(server, log), "portcullis-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        server.start(warmUp);
      } catch (StartException e) {
        Runtime.getRuntime().removeShutdownHook(hook);
        throw e;
      }
      announce(server, settings, cluster);
      // Until a signal comes: the hook ends the process.
      new CountDownLatch(1).await();
      return 0;
    } catch (StartException e) {
      log.close();
      return fail(e.message());
    } catch (ClusterException e) {
      log.close();
      return fail(e.message());
    }
  }

  /** Ends the process with 0, where the JVM by itself would say that a signal killed it. */
  private static void stop(WebhookServer server, Log log) {
    server.close();
    log.close();
    Runtime.getRuntime().halt(0);
  }

  private Cluster cluster() throws ClusterException {
    if (folder != null && kubeconfig != null) {
      throw new ClusterException("--cluster and --kubeconfig exclude each other");
    }
    if (folder != null) {
      return FolderCluster.read(folder);
    }
    if (kubeconfig != null) {
      return LiveCluster.of(kubeconfig);
    }
    Cluster own = LiveCluster.ofPod();
    if (own == null) {
      throw new ClusterException(
          "no cluster: give --kubeconfig FILE, or --cluster PATH with a folder of manifests;"
              + " neither is needed only in a pod with a service account");
    }
    return own;
  }

  private Settings settings(Cluster cluster) throws StartException {
    String host = bindAddress != null ? bindAddress : folder != null ? "127.0.0.1" : "0.0.0.0";
    String metricsHost = metricsBindAddress != null ? metricsBindAddress : host;
    var limits =
        new Limits(
            positive("--max-header-bytes", bounds.headerBytes),
            positive("--max-connections", bounds.connections),
            positive("--max-requests", bounds.requests),
            Limits.STANDARD.bodyMemory(),
            bounds.handshake,
            bounds.read,
            bounds.idle);
    Duration delay =
        bounds.delay != null
            ? bounds.delay
            : folder != null ? Duration.ZERO : Settings.Timing.STANDARD.shutdownDelay();
    var timing =
        new Settings.Timing(
            Settings.Timing.STANDARD.watch(),
            Settings.Timing.STANDARD.drain(),
            delay,
            bounds.grace);
    return new Settings(
        config,
        address("--port", host, port),
        address("--metrics-port", metricsHost, metricsPort),
        certificateSource(host, cluster),
        clientAuthorities,
        tls(),
        hardening(),
        limits,
        timing);
  }

  private HardenOrder hardening() throws StartException {
    Path file = hardenConfig;
    if (file == null) {
      return HardenOrder.NONE;
    }
    try {
      return HardenConfiguration.load(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new StartException("--harden-config " + file + ": " + Inputs.problem(unreadable));
    } catch (IllegalArgumentException invalid) {
      throw new StartException("--harden-config " + file + ": " + invalid.getMessage());
    }
  }

  private CertificateSource certificateSource(String host, Cluster cluster) throws StartException {
    if (managed.secret != null) {
      return managed(managed.secret, cluster);
    }
    if (certificate != null && key != null && !selfSigned) {
      return new CertificateSource.Files(certificate, key);
    }
    if (certificate != null || key != null) {
      throw new StartException(
          selfSigned
              ? "--self-signed and --tls-cert-file exclude each other"
              : "--tls-cert-file and --tls-private-key-file need each other");
    }
    if (selfSigned || folder != null) {
      return new CertificateSource.SelfSigned(host);
    }
    throw new StartException(
        "no certificate: give --tls-cert-file FILE and --tls-private-key-file FILE, or"
            + " --self-signed, or --certificate-secret NAME in a cluster");
  }

  private CertificateSource managed(String secret, Cluster cluster) throws StartException {
    if (certificate != null || key != null || selfSigned) {
      throw new StartException("--certificate-secret excludes --tls-cert-file and --self-signed");
    }
    if (!(cluster instanceof LiveCluster live)) {
      throw new StartException("--certificate-secret needs a cluster, not --cluster PATH");
    }
    String namespace =
        managed.namespace != null ? managed.namespace : System.getenv("POD_NAMESPACE");
    if (namespace == null || namespace.isEmpty()) {
      throw new StartException("--certificate-secret needs --certificate-namespace");
    }
    if (managed.lifetime.compareTo(Duration.ofSeconds(30)) < 0) {
      throw new StartException("--certificate-lifetime must be at least 30s");
    }
    Duration renewBefore =
        managed.renewBefore != null ? managed.renewBefore : managed.lifetime.dividedBy(3);
    Duration sixth = managed.lifetime.dividedBy(6);
    Duration least = sixth.compareTo(LEAST_RENEW_BEFORE) < 0 ? sixth : LEAST_RENEW_BEFORE;
    if (renewBefore.compareTo(least) < 0 || renewBefore.compareTo(managed.lifetime) >= 0) {
      throw new StartException(
          "--certificate-renew-before must be shorter than --certificate-lifetime, and at least"
              + " 2m or a sixth of it");
    }
    String pod = System.getenv("POD_NAME");
    var names =
        new CertificateStore.Names(
            namespace,
            secret,
            managed.lease != null ? managed.lease : secret,
            (pod == null ? "portcullis" : pod) + "-" + UUID.randomUUID(),
            managed.validating,
            managed.mutating);
    return new CertificateSource.Managed(
        live.certificates(names),
        managed.service + "." + namespace + ".svc",
        managed.lifetime,
        renewBefore);
  }

  private TlsProvider tlsIfKnown() {
    return tlsProvider.equals("jdk") ? TlsProvider.JDK : TlsProvider.best();
  }

  private TlsProvider tls() throws StartException {
    String why = tlsProvider.equals("jdk") ? null : TlsProvider.whyNoBoringSsl();
    return switch (tlsProvider) {
      case "jdk" -> TlsProvider.JDK;
      case "auto" -> why == null ? TlsProvider.BORINGSSL : TlsProvider.JDK;
      case "boringssl" -> {
        if (why != null) {
          throw new StartException("--tls-provider boringssl: it cannot be used here: " + why);
        }
        yield TlsProvider.BORINGSSL;
      }
      default ->
          throw new StartException("--tls-provider " + tlsProvider + ": auto, boringssl or jdk");
    };
  }

  private LogFormat format() throws StartException {
    if (logFormat == null) {
      return folder != null ? LogFormat.TEXT : LogFormat.JSON;
    }
    return switch (logFormat.toLowerCase(Locale.ROOT)) {
      case "json" -> LogFormat.JSON;
      case "text" -> LogFormat.TEXT;
      default -> throw new StartException("--log-format " + logFormat + ": json or text");
    };
  }

  private static Address address(String flag, String host, int number) throws StartException {
    if (number < 0 || number > 65_535) {
      throw new StartException(flag + " " + number + " must be between 0 and 65535");
    }
    return new Address(host, number);
  }

  private static int positive(String flag, int value) throws StartException {
    if (value < 1) {
      throw new StartException(flag + " " + value + " must be at least 1");
    }
    return value;
  }

  private void announce(WebhookServer server, Settings settings, Cluster cluster) {
    PrintWriter out = spec.commandLine().getOut();
    var reviews = new Address(reachable(settings.review().host()), server.port());
    out.println("listening for reviews on https://" + reviews + "/validate");
    out.println(
        "listening for probes and scrapes on http://"
            + new Address(reachable(settings.operator().host()), server.operatorPort()));
    out.println("namespaces and pods come from " + cluster.description());
    String why = tlsProvider.equals("auto") ? TlsProvider.whyNoBoringSsl() : null;
    if (why != null) {
      out.println("TLS comes from the JDK, as BoringSSL cannot be used here: " + why);
    }
    if (settings.certificate() instanceof CertificateSource.SelfSigned) {
      byte[] pem = server.certificate().getBytes(StandardCharsets.US_ASCII);
      out.println("caBundle: " + Base64.getEncoder().encodeToString(pem));
    }
    Path example =
        folder == null ? null : folder.resolveSibling("reviews").resolve("pod-denied.json");
    if (example != null && Files.exists(example)) {
      out.println(
          "try it: curl -k -H 'Content-Type: application/json' -d @"
              + example
              + " https://"
              + reviews
              + "/validate");
    }
    out.flush();
  }

  private static String reachable(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
  }

  private int fail(String message) {
    spec.commandLine().getErr().println("portcullis serve: " + message);
    spec.commandLine().getErr().flush();
    return ExitCode.ERROR;
  }
}

package dev.portcullis.cli;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.ClusterException;
import dev.portcullis.webhook.Address;
import dev.portcullis.webhook.CertificateSource;
import dev.portcullis.webhook.Log;
import dev.portcullis.webhook.LogFormat;
import dev.portcullis.webhook.Settings;
import dev.portcullis.webhook.StartException;
import dev.portcullis.webhook.TlsProvider;
import dev.portcullis.webhook.WarmUp;
import dev.portcullis.webhook.WebhookServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
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

  @Mixin private ServeClusterOptions source = new ServeClusterOptions();

  @Mixin private ServeAddressOptions addresses = new ServeAddressOptions();

  @Mixin private ServeCertificateOptions certificates = new ServeCertificateOptions();

  @Mixin private ServeTlsOptions tls = new ServeTlsOptions();

  @Mixin private ServeHardenOptions hardening = new ServeHardenOptions();

  @Mixin private ServeLogOptions logging = new ServeLogOptions();

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Warm up and exit with 0: so a class archive is made from a start.")
  private boolean rehearse;

  @ArgGroup(validate = false, heading = "%nTimes and limits:%n")
  private ServeLimitOptions limits = new ServeLimitOptions();

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
      format = logging.format(source.folder() != null);
    } catch (StartException e) {
      return fail(e.message());
    }
    var log =
        new Log(
            format,
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8));
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
        System.getLogger(ServeCommand.class.getName())
            .log(System.Logger.Level.ERROR, "the thread " + thread.getName() + " ended", failure));
    WarmUp warmUp = rehearse ? WarmUp.begin(tls::ifKnown, REHEARSAL) : begun;
    if (warmUp == null) {
      warmUp = WarmUp.begin(tls::ifKnown);
    }
    try (Cluster cluster = source.open()) {
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
      announce(server, settings, cluster, format, log);
      // Until a signal comes: the hook ends the process.
      new CountDownLatch(1).await();
      return 0;
    } catch (StartException e) {
      return fail(e.message(), format, log);
    } catch (ClusterException e) {
      return fail(e.message(), format, log);
    }
  }

  /** Ends the process with 0, where the JVM by itself would say that a signal killed it. */
  private static void stop(WebhookServer server, Log log) {
    server.close();
    log.close();
    Runtime.getRuntime().halt(0);
  }

  private Settings settings(Cluster cluster) throws StartException {
    boolean folder = source.folder() != null;
    return new Settings(
        config,
        addresses.review(folder),
        addresses.operator(folder),
        certificates.source(addresses.host(folder), folder, cluster),
        tls.clientAuthorities(),
        tls.clientNames(),
        tls.provider(),
        tls.suites(),
        hardening.order(),
        limits.limits(),
        limits.timing(folder),
        certificates.registration(cluster));
  }

  /** Tells a person on standard output; where the log is JSON, a log collector in the log. */
  private void announce(
      WebhookServer server, Settings settings, Cluster cluster, LogFormat format, Log log) {
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> say = format == LogFormat.JSON ? text -> log.say("info", text) : out::println;
    var reviews = new Address(reachable(settings.review().host()), server.port());
    say.accept("listening for reviews on https://" + reviews + "/validate");
    say.accept(
        "listening for probes and scrapes on http://"
            + new Address(reachable(settings.operator().host()), server.operatorPort()));
    say.accept("namespaces and pods come from " + cluster.description());
    String why = tls.whyFallback();
    if (why != null) {
      say.accept("TLS comes from the JDK, as BoringSSL cannot be used here: " + why);
    }
    if (settings.certificate() instanceof CertificateSource.SelfSigned) {
      byte[] pem = server.certificate().getBytes(StandardCharsets.US_ASCII);
      say.accept("caBundle: " + Base64.getEncoder().encodeToString(pem));
    }
    Path folder = source.folder();
    Path example =
        folder == null ? null : folder.resolveSibling("reviews").resolve("pod-denied.json");
    if (example != null && Files.exists(example)) {
      say.accept(
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

  private int fail(String message, LogFormat format, Log log) {
    if (format == LogFormat.JSON) {
      log.say("error", "portcullis serve: " + message);
    }
    log.close();
    return format == LogFormat.JSON ? ExitCode.ERROR : fail(message);
  }

  private int fail(String message) {
    spec.commandLine().getErr().println("portcullis serve: " + message);
    spec.commandLine().getErr().flush();
    return ExitCode.ERROR;
  }
}

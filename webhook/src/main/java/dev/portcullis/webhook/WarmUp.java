package dev.portcullis.webhook;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.checks.Checks;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Answers real requests from this process before anybody else asks: new connections with full
 * handshakes and pods of every outcome, so that the JVM has loaded and compiled what they run
 * through.
 *
 * <p>It stands on event loops, a certificate, a port on loopback and counters of its own, which
 * nobody else sees, and so needs neither the cluster nor the settings: it goes on while those are
 * being read.
 */
public final class WarmUp {
  /** As long as makes the first requests quick; longer only queues more for the compiler. */
  private static final Duration USUAL = Duration.ofMillis(150);

  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final int PER_CONNECTION = 25;
  private static final long PATIENCE_SECONDS = 5;

  private final Thread thread;

  private WarmUp(Thread thread) {
    this.thread = thread;
  }

  /**
   * Begins the usual warm-up in the background; failures are logged and otherwise harmless.
   *
   * @param tls asked in the background too, as it takes a while to find out
   */
  public static WarmUp begin(Supplier<TlsProvider> tls) {
    return begin(tls, USUAL);
  }

  /** As {@link #begin(Supplier)}, but for so long. */
  public static WarmUp begin(Supplier<TlsProvider> tls, Duration time) {
    return new WarmUp(
        Thread.ofPlatform().daemon().name("portcullis-warm-up").start(() -> run(tls.get(), time)));
  }

  /** Waits until it is over. */
  void await() throws InterruptedException {
    thread.join();
  }

  private static void run(TlsProvider tls, Duration time) {
    var sockets = new Sockets(Limits.STANDARD.connections(), () -> {});
    Vertx vertx = WebhookServer.vertx(1, sockets);
    try (var aside = Executors.newVirtualThreadPerTaskExecutor();
        var nowhere =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var unseen = new Log(LogFormat.JSON, nowhere)) {
      var keys = new ReloadingKeys();
      keys.replace(certificate());
      Evaluator evaluator = Evaluator.of(Checks.standard());
      var metrics = new ServerMetrics(true);
      var counters = new ReferenceCounters(evaluator.newest());
      var recorder = new MetricsRecorder(counters, metrics, unseen);
      var namespaces = new OneNamespace();
      var policy =
          PolicyInForce.of(
              null,
              configuration ->
                  new Admission(
                      evaluator, configuration, namespaces, (name, by, page) -> {}, recorder),
              metrics);
      var inFlight = new InFlight(Limits.STANDARD);
      var connections =
          new Connections(
              Limits.STANDARD,
              Settings.Timing.STANDARD.drain(),
              sockets,
              inFlight,
              System::nanoTime);
      var handler =
          new ReviewHandler(
              policy,
              new Hardening(evaluator, HardenOrder.NONE, namespaces),
              connections,
              inFlight,
              metrics,
              counters,
              unseen,
              new ReviewHandler.Threads(aside, aside),
              new Probes(() -> true, () -> true, keys::current, new Probes.Stage()),
              new HandshakeFailures(reason -> {}, System::nanoTime));
      Listener listener =
          Listener.open(
              vertx,
              sockets,
              1,
              new Address("127.0.0.1", 0),
              Listener.https(Limits.STANDARD, tls, TlsSuites.STANDARD, keys, null),
              handler.handlers());
      ask(vertx, tls, listener.port(), System.nanoTime() + time.toNanos());
    } catch (StartException | GeneralSecurityException | IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, "the warm-up ended early: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      vertx.close();
    }
  }

  /**
   * {@return a certificate that protects nothing}: its private key is the number one. To make a
   * real one takes longer than all other preparations.
   */
  private static ServingCertificate certificate() throws GeneralSecurityException {
    var curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    var one = new ECPrivateKeySpec(BigInteger.ONE, curve.getParameterSpec(ECParameterSpec.class));
    var shown =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(resource("warm-up.der")));
    return new ServingCertificate(
        List.of(shown), KeyFactory.getInstance("EC").generatePrivate(one));
  }

  private static byte[] resource(String name) {
    try (InputStream file = WarmUp.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(Vertx vertx, TlsProvider tls, int port, long end)
      throws InterruptedException {
    List<Buffer> requests = requests();
    // Trusts whoever answers: it is this process, and it is told nothing.
    var options =
        new NetClientOptions()
            .setSsl(true)
            .setSslEngineOptions(tls.engine())
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm("")
            .setTcpNoDelay(true);
    NetClient client = vertx.createNetClient(options);
    long start = System.nanoTime();
    int answered = 0;
    try {
      while (System.nanoTime() - end < 0) {
        answered +=
            client
                .connect(port, "127.0.0.1")
                .compose(socket -> new Conversation(socket, requests, end).begin())
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer for " + PATIENCE_SECONDS + " s", e);
    }
    LOG.log(
        System.Logger.Level.DEBUG,
        "warmed up with {0} requests in {1} ms",
        answered,
        (System.nanoTime() - start) / 1_000_000);
  }

  /** One connection, on which the next request follows each answer. */
  private static final class Conversation {
    private final NetSocket socket;
    private final List<Buffer> requests;
    private final long end;
    private final Promise<Integer> over = Promise.promise();
    private Buffer received = Buffer.buffer();
    private int answered;

    Conversation(NetSocket socket, List<Buffer> requests, long end) {
      this.socket = socket;
      this.requests = requests;
      this.end = end;
    }

    io.vertx.core.Future<Integer> begin() {
      socket.handler(this::heard);
      socket.closeHandler(closed -> over.tryComplete(answered));
      socket.exceptionHandler(over::tryFail);
      next();
      return over.future();
    }

    private void next() {
      socket.write(requests.get(answered % requests.size()));
    }

    private void heard(Buffer data) {
      received.appendBuffer(data);
      if (!isWhole(received.toString(StandardCharsets.ISO_8859_1))) {
        return;
      }
      received = Buffer.buffer();
      answered++;
      if (answered < PER_CONNECTION && System.nanoTime() - end < 0) {
        next();
      } else {
        socket.close();
      }
    }

    private static boolean isWhole(String answer) {
      int head = answer.indexOf("\r\n\r\n");
      if (head < 0) {
        return false;
      }
      String length = "content-length:";
      int at = answer.substring(0, head).toLowerCase(Locale.ROOT).indexOf(length);
      int value = at + length.length();
      return at < 0
          || answer.length() - head - 4
              >= Integer.parseInt(answer.substring(value, answer.indexOf('\r', value)).trim());
    }
  }

  private static List<Buffer> requests() {
    List<Buffer> requests = new ArrayList<>();
    String bodies = new String(resource("warm-up.jsonl"), StandardCharsets.UTF_8);
    for (String body : bodies.split("\n", -1)) {
      if (!body.isEmpty()) {
        String head =
            "POST /validate?timeout=10s HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "User-Agent: portcullis-warm-up\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n";
        requests.add(Buffer.buffer(head + body));
      }
    }
    return requests;
  }

  private record OneNamespace(Lookup lookup) implements NamespaceGetter {
    OneNamespace() {
      this(
          Lookup.found(Map.of(PolicyLabels.ENFORCE, "restricted", PolicyLabels.AUDIT, "baseline")));
    }

    @Override
    public Lookup get(String name, Deadline deadline) {
      return lookup;
    }

    @Override
    public boolean answersAtOnce(String name) {
      return true;
    }
  }
}

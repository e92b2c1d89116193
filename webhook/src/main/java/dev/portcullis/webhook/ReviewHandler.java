package dev.portcullis.webhook;

import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Status;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.cluster.WebhookRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Routes what comes to the HTTPS port: probes and the reference's metrics by their paths,
 * everything else is a review.
 */
final class ReviewHandler implements Handler<HttpServerRequest> {
  static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("X-Content-Type-Options");
  static final CharSequence NO_SNIFF_VALUE = HttpHeaders.createOptimized("nosniff");

  static final String MUTATE = "/mutate";

  /** Where the API server asks whether it gets through: see {@link Registrar}. */
  static final String PROBE = "/probe";

  static final AdmissionResponse PROBED =
      new AdmissionResponse(
          false,
          new Status(403, "Forbidden", WebhookRegistry.PROBE_ANSWER, null),
          Map.of(),
          List.of());

  final PolicyInForce policy;
  final Hardening hardening;
  final Connections connections;
  final InFlight inFlight;
  final ServerMetrics metrics;
  final Log log;
  final Threads threads;
  private final HandshakeFailures handshakes;

  private final Probes probes;
  private final ReferenceCounters counters;

  /**
   * Who takes what event loops should not.
   *
   * @param waiting for reviews that wait for the cluster
   * @param working for reviews that are long
   */
  record Threads(Executor waiting, Executor working) {}

  ReviewHandler(
      PolicyInForce policy,
      Hardening hardening,
      Connections connections,
      InFlight inFlight,
      ServerMetrics metrics,
      ReferenceCounters counters,
      Log log,
      Threads threads,
      Probes probes,
      HandshakeFailures handshakes) {
    this.policy = policy;
    this.hardening = hardening;
    this.connections = connections;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.counters = counters;
    this.log = log;
    this.threads = threads;
    this.probes = probes;
    this.handshakes = handshakes;
  }

  /** {@return what a listener for reviews calls} */
  Listener.Handlers handlers() {
    return new Listener.Handlers(
        this,
        this::invalid,
        connections::opened,
        failure -> {
          metrics.rejected(Rejection.HANDSHAKE);
          handshakes.add(failure);
        });
  }

  @Override
  public void handle(HttpServerRequest http) {
    Connections.Tracked connection = connections.of(http.connection());
    if (connection == null) {
      // Closed meanwhile: no answer would arrive.
      return;
    }
    String path = http.path();
    if (path != null && path.length() > 1 && !path.equals("/validate")) {
      Health.Answer answer = other(path, http.query());
      if (answer != null) {
        connections.began(connection);
        connections.send(
            connection,
            textual(http.response(), answer.status()),
            Buffer.buffer(answer.text()),
            false);
        connections.ended(connection);
        return;
      }
    }
    new Exchange(this, http, connection).begin();
  }

  /** Answers what is no HTTP. */
  private void invalid(HttpServerRequest http) {
    Throwable cause = http.decoderResult().cause();
    Rejection rejection =
        cause instanceof TooLongHttpHeaderException
            ? Rejection.HEADER_TOO_LARGE
            : cause instanceof TooLongHttpLineException
                ? Rejection.TARGET_TOO_LONG
                : Rejection.MALFORMED;
    metrics.rejected(rejection);
    HttpServerResponse response =
        http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    send(response, rejection.status(), rejection.text() + "\n");
    http.connection().close();
  }

  private Health.@Nullable Answer other(String path, @Nullable String query) {
    Health.Answer probe = probes.onReviewPort(path, query);
    if (probe != null) {
      return probe;
    }
    return path.equals("/metrics") ? new Health.Answer(200, counters.text()) : null;
  }

  static void send(HttpServerResponse response, int status, String text) {
    textual(response, status).end(text);
  }

  static HttpServerResponse textual(HttpServerResponse response, int status) {
    return response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
        .putHeader(NO_SNIFF, NO_SNIFF_VALUE);
  }
}

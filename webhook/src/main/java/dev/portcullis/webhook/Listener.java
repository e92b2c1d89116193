package dev.portcullis.webhook;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port that is listened on, by one server for each event loop. */
final class Listener {
  private static final long START_SECONDS = 30;

  private final List<HttpServer> servers;
  private final Sockets.Port port;

  private Listener(List<HttpServer> servers, Sockets.Port port) {
    this.servers = servers;
    this.port = port;
  }

  /** What a listener does with what comes. */
  record Handlers(
      Handler<HttpServerRequest> request,
      Handler<HttpServerRequest> invalid,
      Handler<io.vertx.core.http.HttpConnection> connection,
      Consumer<Throwable> handshakeFailure) {}

  /** {@return the options of the port for reviews} */
  static HttpServerOptions https(
      Limits limits,
      TlsProvider tls,
      TlsSuites suites,
      ReloadingKeys keys,
      @Nullable ReloadingTrust trust) {
    HttpServerOptions options =
        plain(limits)
            .setSsl(true)
            .setUseAlpn(true)
            .setSslEngineOptions(tls.engine())
            .setKeyCertOptions(tls.keys(keys))
            .setEnabledSecureTransportProtocols(new LinkedHashSet<>(suites.versions()))
            .setSslHandshakeTimeout(limits.handshake().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    suites.suites().forEach(options::addEnabledCipherSuite);
    if (trust != null) {
      options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(TrustOptions.wrap(trust));
    }
    return options;
  }

  /** {@return the options of a port without TLS} */
  static HttpServerOptions plain(Limits limits) {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setReuseAddress(true)
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxInitialLineLength(8 * 1024)
        .setHttp2ClearTextEnabled(false)
        // Nobody speaks WebSocket here, and what would prepare for it sees every request.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(100)
                .setMaxHeaderListSize(limits.headerBytes())
                .setInitialWindowSize(1 << 20))
        .setHttp2ConnectionWindowSize(4 << 20);
  }

  static Listener open(
      Vertx vertx,
      Sockets sockets,
      int loops,
      Address address,
      HttpServerOptions options,
      Handlers handlers)
      throws StartException {
    List<HttpServer> servers = new ArrayList<>();
    // A negative port is a random one that all servers share.
    int port = address.port() == 0 && loops > 1 ? -1 : address.port();
    for (int i = 0; i < loops; i++) {
      HttpServer server =
          vertx
              .createHttpServer(options)
              .requestHandler(handlers.request())
              .invalidRequestHandler(handlers.invalid())
              .connectionHandler(handlers.connection())
              .exceptionHandler(handlers.handshakeFailure()::accept);
      servers.add(server);
      try {
        server
            .listen(port, address.host())
            .toCompletionStage()
            .toCompletableFuture()
            .get(START_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new StartException("cannot listen on " + address + ": " + reason(e.getCause()), e);
      } catch (TimeoutException e) {
        throw new StartException(
            "cannot listen on " + address + ": nothing happened for " + START_SECONDS + " s", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException("interrupted", e);
      }
    }
    return new Listener(servers, sockets.at(servers.getFirst().actualPort()));
  }

  private static String reason(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null ? String.valueOf(failure) : message;
  }

  int port() {
    return servers.getFirst().actualPort();
  }

  /** {@return how many connections are open, those that are still shaking hands included} */
  int sockets() {
    return port.sockets();
  }

  /** Takes no more connections; those that are open go on. */
  void stopAccepting() {
    port.stopAccepting();
  }

  /**
   * Takes no more connections, ends those without a request, lets requests end, and returns when
   * all is over or the time is.
   */
  void close(Duration patience) {
    var closing =
        servers.stream()
            .map(server -> server.shutdown(patience).toCompletionStage().toCompletableFuture())
            .toList();
    for (var one : closing) {
      try {
        one.get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        System.getLogger(Listener.class.getName())
            .log(System.Logger.Level.WARNING, "a port did not close in time");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

package dev.portcullis.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * The ceiling: the stack of {@code portcullis serve} (Vert.x, Netty, BoringSSL) that takes a body
 * and sends an answer of the usual size, with no work between.
 */
public final class NoopServer {
  private static final Buffer ANSWER =
      Buffer.buffer(
          "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":\"705ab4f5-6393-11e8-b7cc-42010a800002\",\"allowed\":true,\"auditAnnotations\":{\"enforce-policy\":\"restricted:latest\"}}}\n");

  private NoopServer() {}

  /** Listens on loopback: port, certificate file, key file. */
  public static void main(String[] args) {
    int loops = Runtime.getRuntime().availableProcessors();
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setTcpNoDelay(true)
            .setSslEngineOptions(new OpenSSLEngineOptions().setSessionCacheEnabled(false))
            .setKeyCertOptions(new PemKeyCertOptions().setCertPath(args[1]).setKeyPath(args[2]));
    for (int i = 0; i < loops; i++) {
      vertx
          .createHttpServer(options)
          .requestHandler(request ->
              request
                  .body()
                  .onSuccess(body ->
                      request
                          .response()
                          .putHeader("Content-Type", "application/json")
                          .putHeader("X-Content-Type-Options", "nosniff")
                          .end(ANSWER)))
          .listen(Integer.parseInt(args[0]), "127.0.0.1");
    }
  }
}

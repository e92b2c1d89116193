package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Plain requests to an API server as one user, with everything that comes back: code, object,
 * warnings.
 */
final class ApiClient {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(70);
  private static final Pattern WARNING = Pattern.compile("299 - \"(.*)\"", Pattern.DOTALL);
  private static final char[] PASSWORD = "throw-away".toCharArray();

  private final URI server;
  private final X509Certificate authority;
  private final Identity identity;
  private final HttpClient http;

  ApiClient(URI server, X509Certificate authority, Identity identity) {
    this.server = server;
    this.authority = authority;
    this.identity = identity;
    this.http =
        HttpClient.newBuilder()
            .sslContext(tls(authority, identity))
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  ApiResponse get(String path) {
    return send("GET", path, null, Map.of());
  }

  ApiResponse create(String path, JsonNode object) {
    return send("POST", path, object, Map.of("Content-Type", "application/json"));
  }

  ApiResponse mergePatch(String path, JsonNode patch) {
    return send("PATCH", path, patch, Map.of("Content-Type", "application/merge-patch+json"));
  }

  ApiResponse delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  /** Sends a request. Fails with {@link UncheckedIOException} when there is no answer at all. */
  ApiResponse send(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .method(method, publisher);
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new ApiResponse(response.statusCode(), json(response), warnings(response));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method + " " + path, e);
    }
  }

  /** {@return the text that a GET of the path is answered with} */
  String text(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException("GET " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during GET " + path, e);
    }
  }

  /** {@return whether a GET of the path is answered with 200} */
  boolean reaches(String path) {
    try {
      return get(path).code() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /**
   * {@return what a webhook on loopback answers to a review} It must be able to prove this name, as
   * to the API server that calls a Service.
   */
  static JsonNode review(
      int port, String name, X509Certificate authority, Identity identity, JsonNode review) {
    byte[] body = JSON.writeValueAsBytes(review);
    String head =
        """
        POST /validate?timeout=5s HTTP/1.1
        Host: %s
        Content-Type: application/json
        Content-Length: %d
        Connection: close

        """
            .formatted(name, body.length)
            .replace("\n", "\r\n");
    var sockets = tls(authority, identity).getSocketFactory();
    try (var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        var socket = (SSLSocket) sockets.createSocket(plain, name, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        throw new AssertionError(answer);
      }
      return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the certificate that the server shows on a new connection} */
  X509Certificate shownCertificate() {
    // A context of its own: a resumed session has the certificate of its beginning.
    var sockets = tls(authority, identity).getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket(server.getHost(), server.getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return a kubeconfig file's text for the same server and user} */
  String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: e2e
    contexts: [{name: e2e, context: {cluster: e2e, user: e2e}}]
    clusters: [{name: e2e, cluster: {server: "%s", certificate-authority-data: %s}}]
    users: [{name: e2e, user: {client-certificate-data: %s, client-key-data: %s}}]
    """
        .formatted(
            server,
            base64(Identity.pem(authority)),
            base64(identity.certificatePem()),
            base64(identity.sec1Pem()));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    boolean isJson =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    return isJson ? JSON.readTree(response.body()) : MissingNode.getInstance();
  }

  private static List<String> warnings(HttpResponse<?> response) {
    var texts = new ArrayList<String>();
    for (String header : response.headers().allValues("Warning")) {
      var matcher = WARNING.matcher(header);
      if (!matcher.matches()) {
        throw new AssertionError("a Warning header of another form: " + header);
      }
      texts.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return List.copyOf(texts);
  }

  /** {@return a context that shows this identity, and trusts this authority} */
  static SSLContext tls(X509Certificate authority, Identity identity) {
    try {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "e2e",
          identity.keys().getPrivate(),
          PASSWORD,
          new Certificate[] {identity.certificate()});
      var keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keys, PASSWORD);
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("e2e", authority);
      var trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

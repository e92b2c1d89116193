package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The API server, as bytes: Fabric8 finds it, trusts it and shows who we are; objects are decoded
 * by us, so that its models are never loaded.
 */
final class ApiServer implements AutoCloseable {
  private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private final Config config;
  private final String root;
  private volatile HttpClient client;
  private @Nullable HttpClient former;
  private boolean closed;
  private volatile Duration ahead = Duration.ZERO;

  ApiServer(Config config) {
    String version = ApiServer.class.getPackage().getImplementationVersion();
    config.setUserAgent("portcullis/" + (version == null ? "dev" : version));
    // The informer has its own patience, and a request's deadline must not be spent on repetitions.
    config.setRequestRetryBackoffLimit(0);
    if (ClientKey.isEcInPkcs8(config)) {
      // Fabric8 knows an EC key by its PEM label, and takes one in PKCS #8 for RSA.
      config.setClientKeyAlgo("EC");
    }
    String url = config.getMasterUrl();
    this.root = url.endsWith("/") ? url : url + "/";
    this.config = config;
    this.client = client(config);
  }

  private static HttpClient client(Config config) {
    return HttpClientUtils.getHttpClientFactory().newBuilder(config).build();
  }

  /**
   * Makes connections anew: after a silence those that are open may be half-open, and whatever is
   * asked over them waits for minutes. Requests under way go on until the next time.
   */
  synchronized void reconnect() {
    if (closed) {
      return;
    }
    HttpClient fresh = client(config);
    if (former != null) {
      former.close();
    }
    former = client;
    client = fresh;
  }

  /** {@return the API server that a kubeconfig's current context names} */
  static ApiServer of(Path kubeconfig) throws ClusterException {
    if (!Files.isReadable(kubeconfig)) {
      throw new ClusterException("cannot read the kubeconfig " + kubeconfig);
    }
    try {
      return new ApiServer(Config.fromKubeconfig(kubeconfig.toFile()));
    } catch (RuntimeException e) {
      throw new ClusterException(
          "the kubeconfig " + kubeconfig + " cannot be used: " + reason(e), e);
    }
  }

  /**
   * {@return the API server of the cluster that this process runs in, or null when it runs in none}
   */
  static @Nullable ApiServer ofPod() throws ClusterException {
    String host = System.getenv("KUBERNETES_SERVICE_HOST");
    if (host == null || host.isEmpty() || !Files.isReadable(TOKEN)) {
      return null;
    }
    try {
      System.setProperty(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false");
      return new ApiServer(new ConfigBuilder().build());
    } catch (RuntimeException e) {
      throw new ClusterException("the service account of this pod cannot be used: " + reason(e), e);
    }
  }

  /** {@return why the client could not be made}: its own exceptions hide what they wrap. */
  private static String reason(RuntimeException failure) {
    Throwable wrapped = failure instanceof KubernetesClientException ? failure.getCause() : null;
    // What is read while the client is made, and only that, is certificates and keys.
    return wrapped == null
        ? String.valueOf(failure.getMessage())
        : "its certificates or keys: " + wrapped.getMessage();
  }

  String url() {
    return root;
  }

  /** A whole reply. */
  record Reply(int code, JsonSlice body) {
    boolean ok() {
      return code == 200 || code == 201;
    }

    ObjectDecoder.Failure failure() {
      return ObjectDecoder.failure(code, body);
    }
  }

  /** {@return how far the API server's clock is ahead of this machine's, to a second or two} */
  Duration ahead() {
    return ahead;
  }

  private void noteClock(HttpResponse<?> response) {
    List<String> dates = response.headers("Date");
    if (!dates.isEmpty()) {
      try {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(dates.getFirst(), Instant::from);
        ahead = Duration.between(Instant.now(), date);
      } catch (DateTimeParseException e) {
        // Whatever stands between does not know what time it is.
      }
    }
  }

  /** {@return the reply to a GET of {@code path}, which has no leading slash} */
  CompletableFuture<Reply> get(String path, long timeoutNanos) {
    return send(request(path, timeoutNanos), timeoutNanos);
  }

  /** Waits for the reply, so long at most. */
  Reply await(String path, long timeoutNanos) throws IOException {
    return await(get(path, timeoutNanos), timeoutNanos);
  }

  /** Sends a body to {@code path} and waits for the reply, so long at most. */
  Reply send(String method, String path, String contentType, String body, long timeoutNanos)
      throws IOException {
    var request =
        client
            .newHttpRequestBuilder()
            .uri(root + path)
            .method(method, contentType, body)
            .header("Accept", "application/json")
            .timeout(
                Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)), TimeUnit.MILLISECONDS)
            .build();
    return await(send(request, timeoutNanos), timeoutNanos);
  }

  /** {@return the reply}; whoever cancels it, or waits for too long, ends the exchange. */
  private CompletableFuture<Reply> send(HttpRequest request, long timeoutNanos) {
    var body = new BoundedBody();
    CompletableFuture<HttpResponse<AsyncBody>> answer = client.consumeBytes(request, body);
    CompletableFuture<Reply> reply =
        answer
            .thenCompose(response -> {
              response.body().consume();
              return response
                  .body()
                  .done()
                  .handle((done, failure) -> reply(response, body, failure));
            })
            .orTimeout(timeoutNanos, TimeUnit.NANOSECONDS);
    var _ =
        reply.whenComplete((done, failure) -> {
          if (failure != null) {
            end(answer);
          }
        });
    return reply;
  }

  private Reply reply(
      HttpResponse<AsyncBody> response, BoundedBody body, @Nullable Throwable failure) {
    if (body.tooLarge()) {
      throw new CompletionException(
          new IOException("it answered with more than " + BoundedBody.MAX_BYTES + " bytes"));
    }
    if (failure != null) {
      throw new CompletionException(failure);
    }
    noteClock(response);
    return new Reply(response.code(), body.json());
  }

  /** Ends an exchange that nobody waits for any more, also when its answer comes later. */
  private static void end(CompletableFuture<HttpResponse<AsyncBody>> answer) {
    var _ = answer.thenAccept(response -> response.body().cancel());
    answer.cancel(true);
  }

  /**
   * Reads a list as it comes, so long at most.
   *
   * @return the API server's refusal, or null when the list was read as far as it was wanted
   * @throws IOException if it cannot be had or read
   */
  @Nullable Reply read(String path, ListBody list, long timeoutNanos) throws IOException {
    long end = System.nanoTime() + timeoutNanos;
    var taker = new AtomicReference<AsyncBody.Consumer<List<ByteBuffer>>>(list);
    CompletableFuture<HttpResponse<AsyncBody>> answer =
        client.consumeBytes(
            request(path, timeoutNanos), (pieces, body) -> taker.get().consume(pieces, body));
    try {
      HttpResponse<AsyncBody> response = answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
      var refusal = new BoundedBody();
      boolean ok = response.code() == 200;
      if (!ok) {
        taker.set(refusal);
      }
      response.body().consume();
      response.body().done().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return ok ? null : new Reply(response.code(), refusal.json());
    } catch (ExecutionException | CancellationException e) {
      if (list.ended()) {
        return null;
      }
      Throwable failure = list.failure();
      throw failure == null
          ? new IOException(explain(e), e)
          : new IOException(String.valueOf(failure.getMessage()), failure);
    } catch (TimeoutException e) {
      throw new IOException("the API server did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the API server", e);
    } finally {
      end(answer);
    }
  }

  private HttpRequest request(String path, long timeoutNanos) {
    return client
        .newHttpRequestBuilder()
        .uri(root + path)
        .header("Accept", "application/json")
        .timeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)), TimeUnit.MILLISECONDS)
        .build();
  }

  private static Reply await(CompletableFuture<Reply> reply, long timeoutNanos) throws IOException {
    try {
      return reply.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(explain(e), e);
    } catch (TimeoutException e) {
      reply.cancel(true);
      throw new IOException("the API server did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the API server", e);
    }
  }

  /**
   * {@return the reply to a GET whose body goes on for minutes}; one that does not begin in time is
   * ended.
   */
  HttpResponse<AsyncBody> stream(
      String path, AsyncBody.Consumer<List<ByteBuffer>> consumer, long timeoutNanos)
      throws IOException {
    var request =
        client
            .newHttpRequestBuilder()
            .uri(root + path)
            .header("Accept", "application/json")
            .forStreaming()
            // Of the answer's beginning, in the JDK's client: it ends a connection that says
            // nothing.
            .timeout(
                Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)), TimeUnit.MILLISECONDS)
            .build();
    CompletableFuture<HttpResponse<AsyncBody>> answer = client.consumeBytes(request, consumer);
    try {
      return answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(explain(e), e);
    } catch (TimeoutException e) {
      end(answer);
      throw new IOException("the API server did not answer in time", e);
    } catch (InterruptedException e) {
      end(answer);
      throw new IOException("stopped", e);
    }
  }

  /** {@return why a request failed, for a person} */
  static String explain(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (cause instanceof ConnectException
        || root instanceof ConnectException
        || root instanceof java.nio.channels.ClosedChannelException) {
      return "the API server cannot be reached";
    }
    if (cause instanceof TimeoutException || root instanceof HttpTimeoutException) {
      return "the API server did not answer in time";
    }
    String message = cause.getMessage();
    return "the API server cannot be asked: "
        + (message == null ? cause.getClass().getSimpleName() : message);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (former != null) {
      former.close();
    }
    client.close();
  }
}

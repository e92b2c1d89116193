package dev.portcullis.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * As much of an API server as namespaces and pods need: lists in pages, watches, single objects; it
 * can go away.
 */
final class FakeApiServer implements AutoCloseable {
  private static final String END = "";

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> namespaces = new LinkedHashMap<>();
  private final List<String> pods = new ArrayList<>();
  private final List<LinkedBlockingQueue<String>> watches = new CopyOnWriteArrayList<>();
  private final int port;
  private final HttpsConfigurator tls;
  private HttpServer server;
  private ExecutorService threads;
  private int version = 1;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean forgetful;
  private volatile boolean watchable = true;

  FakeApiServer() {
    this(null);
  }

  /** By HTTPS; null for HTTP. */
  FakeApiServer(HttpsConfigurator tls) {
    this.tls = tls;
    this.port = start(0);
  }

  private int start(int on) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), on);
      if (tls == null) {
        server = HttpServer.create(address, 0);
      } else {
        var secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(tls);
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    return server.getAddress().getPort();
  }

  /** Cuts every connection and answers no more. */
  void goAway() {
    watches.forEach(watch -> watch.add(END));
    server.stop(0);
    threads.shutdownNow();
  }

  void comeBack() {
    start(port);
  }

  @Override
  public void close() {
    goAway();
  }

  int port() {
    return port;
  }

  Path kubeconfig(Path folder) throws IOException {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: me}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {token: secret}}]
        """
            .formatted(port);
    return Files.writeString(folder.resolve("kubeconfig"), text);
  }

  /**
   * Makes or changes a namespace whose enforce label is {@code level}; those who watch hear of it.
   */
  synchronized void put(String name, String level) {
    String type = namespaces.containsKey(name) ? "MODIFIED" : "ADDED";
    version++;
    String object =
        "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%d\",\"labels\":{\"kubernetes.io/metadata.name\":\"%s\",\"pod-security.kubernetes.io/enforce\":\"%s\"}},\"spec\":{\"finalizers\":[\"kubernetes\"]}}"
            .formatted(name, version, name, level);
    namespaces.put(name, object);
    tell(type, object);
  }

  /** The same, but those who watch do not hear of it. */
  synchronized void putUnheard(String name, String level) {
    List<LinkedBlockingQueue<String>> deaf = List.copyOf(watches);
    watches.clear();
    put(name, level);
    watches.addAll(deaf);
  }

  synchronized void remove(String name) {
    version++;
    tell("DELETED", namespaces.remove(name));
  }

  synchronized void addPods(String namespace, int count) {
    for (int i = 0; i < count; i++) {
      pods.add(
          "{\"metadata\":{\"name\":\"p%d\",\"namespace\":\"%s\"},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}"
              .formatted(i, namespace));
    }
  }

  /** Adds pods whose JSON is of so many bytes, nearly all of it in one annotation. */
  synchronized void addBigPods(String namespace, int count, int bytes) {
    String note = "x".repeat(bytes);
    for (int i = 0; i < count; i++) {
      pods.add(
          "{\"metadata\":{\"name\":\"p%d\",\"namespace\":\"%s\",\"annotations\":{\"n\":\"%s\"}},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}"
              .formatted(i, namespace, note));
    }
  }

  /** Gives a namespace an annotation of so many bytes. */
  synchronized void annotate(String name, int bytes) {
    namespaces.computeIfPresent(
        name,
        (key, object) ->
            object.replace(
                "\"labels\"", "\"annotations\":{\"n\":\"" + "x".repeat(bytes) + "\"},\"labels\""));
  }

  /** Makes answers to look-ups of single namespaces wait. */
  CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** From now on no watch can go on from where it was. */
  void forget() {
    forgetful = true;
    watches.forEach(watch -> watch.add(END));
  }

  /** Ends all watches and refuses new ones, or takes them again. */
  void letWatch(boolean may) {
    watchable = may;
    watches.forEach(watch -> watch.add(END));
  }

  /** Sends these bytes to those who watch. */
  void tellRaw(String line) {
    watches.forEach(watch -> watch.add(line));
  }

  boolean isWatched() {
    return !watches.isEmpty();
  }

  private void tell(String type, String object) {
    tellRaw("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().toString());
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    if (query.containsKey("watch")) {
      watch(exchange, query.get("resourceVersion"));
    } else if (path.equals("/api/v1/namespaces")) {
      page(exchange, List.copyOf(namespaces.values()), query);
    } else if (path.endsWith("/pods")) {
      page(exchange, pods, query);
    } else {
      one(exchange, path.substring("/api/v1/namespaces/".length()));
    }
  }

  private void watch(HttpExchange exchange, String from) throws IOException {
    if (forgetful) {
      forgetful = false;
      send(exchange, 410, status(410, "too old resource version: " + from));
      return;
    }
    if (!watchable) {
      send(exchange, 403, status(403, "namespaces is forbidden"));
      return;
    }
    var events = new LinkedBlockingQueue<String>();
    synchronized (this) {
      for (String object : namespaces.values()) {
        if (versionOf(object) > Integer.parseInt(from)) {
          events.add("{\"type\":\"ADDED\",\"object\":" + object + "}\n");
        }
      }
      watches.add(events);
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      // Sends the header, as an API server does at once.
      out.flush();
      for (String event = events.take(); !event.equals(END); event = events.take()) {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client or the test has had enough.
    } finally {
      watches.remove(events);
      exchange.close();
    }
  }

  private static int versionOf(String object) {
    return Integer.parseInt(object.replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1"));
  }

  private void page(HttpExchange exchange, List<String> all, Map<String, String> query)
      throws IOException {
    int from = Integer.parseInt(query.getOrDefault("continue", "0"));
    int to = Math.min(all.size(), from + Integer.parseInt(query.get("limit")));
    String more =
        to < all.size()
            ? ",\"continue\":\"" + to + "\",\"remainingItemCount\":" + (all.size() - to)
            : "";
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      String head =
          "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"" + version + "\"" + more;
      out.write((head + "},\"items\":[").getBytes(StandardCharsets.UTF_8));
      for (int i = from; i < to; i++) {
        out.write(((i == from ? "" : ",") + all.get(i)).getBytes(StandardCharsets.UTF_8));
      }
      out.write("]}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void one(HttpExchange exchange, String name) throws IOException {
    String object;
    synchronized (this) {
      object = namespaces.get(name);
    }
    try {
      gate.await();
    } catch (InterruptedException e) {
      return;
    }
    if (object != null) {
      send(exchange, 200, object);
    } else {
      send(exchange, 404, status(404, "namespaces \\\"" + name + "\\\" not found"));
    }
  }

  private static String status(int code, String message) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\""
        + message
        + "\",\"code\":"
        + code
        + "}";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }
}

package dev.portcullis.webhook;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets a server answer real requests before it is ready: new connections with full handshakes and
 * pods of every outcome, until the JVM has compiled what they run through or the time is over.
 */
final class WarmUp {
  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final int PER_CONNECTION = 25;

  private final int port;
  private final List<byte[]> requests;
  private final SSLContext tls;

  private WarmUp(int port, List<byte[]> requests, SSLContext tls) {
    this.port = port;
    this.requests = requests;
    this.tls = tls;
  }

  /**
   * Sends reviews to {@code port} on loopback for this long; failures are logged and otherwise
   * harmless.
   */
  static void run(int port, Duration time) {
    long start = System.nanoTime();
    int answered = 0;
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new OwnServer()}, null);
      var warmUp = new WarmUp(port, requests(), tls);
      while (System.nanoTime() - start < time.toNanos()) {
        answered += warmUp.connection();
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.log(System.Logger.Level.WARNING, "the warm-up ended early: {0}", e.getMessage());
    }
    LOG.log(
        System.Logger.Level.DEBUG,
        "warmed up with {0} requests in {1} ms",
        answered,
        (System.nanoTime() - start) / 1_000_000);
  }

  private int connection() throws IOException {
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int answered = 0;
      for (; answered < PER_CONNECTION; answered++) {
        out.write(requests.get(answered % requests.size()));
        out.flush();
        readAnswer(in);
      }
      return answered;
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    int length = 0;
    while (true) {
      String line = readLine(in).toLowerCase(Locale.ROOT);
      if (line.isEmpty()) {
        in.skipNBytes(length);
        return;
      }
      if (line.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).trim());
      }
    }
  }

  /** {@return the next line of an answer's head, without its end} */
  static String readLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) c);
    }
    return line.toString().trim();
  }

  private static List<byte[]> requests() {
    try (InputStream file = WarmUp.class.getResourceAsStream("warm-up.jsonl")) {
      if (file == null) {
        throw new IllegalStateException("warm-up.jsonl is missing in this build");
      }
      List<byte[]> requests = new ArrayList<>();
      for (String body : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!body.isEmpty()) {
          String head =
              "POST /validate?timeout=10s HTTP/1.1\r\n"
                  + "Host: localhost\r\n"
                  + "User-Agent: portcullis-warm-up\r\n"
                  + "Content-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.getBytes(StandardCharsets.UTF_8).length
                  + "\r\n\r\n";
          requests.add((head + body).getBytes(StandardCharsets.UTF_8));
        }
      }
      return requests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trusts whoever answers: it is this process, and it is told nothing. */
  static final class OwnServer extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

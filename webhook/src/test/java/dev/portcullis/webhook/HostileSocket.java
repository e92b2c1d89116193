package dev.portcullis.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A connection that can be left at any moment, without waiting for anybody. */
final class HostileSocket implements AutoCloseable {
  private final Socket socket;
  private final Socket spoken;

  private HostileSocket(Socket socket, Socket spoken) {
    this.socket = socket;
    this.spoken = spoken;
  }

  static HostileSocket plain(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5_000);
    return new HostileSocket(socket, socket);
  }

  static HostileSocket tls(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5_000);
    var tls =
        (SSLSocket)
            Client.tls(null).getSocketFactory().createSocket(socket, "localhost", port, false);
    tls.startHandshake();
    return new HostileSocket(socket, tls);
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = spoken.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Takes whatever has come, up to a buffer. */
  int receive() throws IOException {
    return spoken.getInputStream().read(new byte[64 * 1024]);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone.
    }
  }
}

package dev.portcullis.webhook;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 connection over TLS on which any frames can be sent (RFC 9113). */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  private final Socket plain;
  private final OutputStream out;
  private final DataInputStream in;

  /** A frame. */
  @SuppressWarnings("ArrayRecordComponent") // written once, then only read
  record Frame(int type, int flags, int stream, byte[] content) {}

  /** The end of a stream: the text of its DATA frames, and the code of a reset, -1 for none. */
  record End(String text, int reset) {}

  private RawHttp2(Socket plain, SSLSocket socket) throws IOException {
    this.plain = plain;
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /** Connects and exchanges SETTINGS; {@code settings} are sent as they are. */
  static RawHttp2 connect(int port, byte[] settings) throws IOException {
    var plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(30_000);
    var socket =
        (SSLSocket)
            Client.tls(null).getSocketFactory().createSocket(plain, "localhost", port, false);
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    var client = new RawHttp2(plain, socket);
    client.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    client.frame(SETTINGS, 0, 0, settings);
    client.flush();
    return client;
  }

  static RawHttp2 connect(int port) throws IOException {
    return connect(port, new byte[0]);
  }

  /** {@return a setting as it stands in SETTINGS} */
  static byte[] setting(int name, int value) {
    return new byte[] {
      (byte) (name >> 8),
      (byte) name,
      (byte) (value >> 24),
      (byte) (value >> 16),
      (byte) (value >> 8),
      (byte) value
    };
  }

  void frame(int type, int flags, int stream, byte[] content) throws IOException {
    frame(type, flags, stream, content, 0, content.length);
  }

  void frame(int type, int flags, int stream, byte[] content, int from, int length)
      throws IOException {
    byte[] head = {
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length,
      (byte) type,
      (byte) flags,
      (byte) (stream >> 24),
      (byte) (stream >> 16),
      (byte) (stream >> 8),
      (byte) stream
    };
    out.write(head);
    out.write(content, from, length);
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Begins a review; its body is due. */
  void open(int stream) throws IOException {
    frame(HEADERS, END_HEADERS, stream, headers());
  }

  /** Sends a review of less than a frame's length. */
  void review(int stream, String body) throws IOException {
    open(stream);
    frame(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    flush();
  }

  /** {@return the header of a review, in HPACK without a table} */
  static byte[] headers() {
    return block(
        Map.of(
            ":method", "POST",
            ":scheme", "https",
            ":path", "/validate",
            ":authority", "localhost"),
        Map.of("content-type", "application/json"));
  }

  static byte[] block(Map<String, String> pseudo, Map<String, String> fields) {
    var block = new ByteArrayOutputStream();
    pseudo.forEach((name, value) -> literal(block, name, value));
    fields.forEach((name, value) -> literal(block, name, value));
    return block.toByteArray();
  }

  /** A field that is not remembered; names and values below 127 bytes. */
  static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    string(block, name);
    string(block, value);
  }

  private static void string(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  /** {@return the next frame}; acknowledges SETTINGS and PING. */
  Frame next() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & 0x7fffffff;
    byte[] content = in.readNBytes(length);
    if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
      frame(type, ACK, 0, type == PING ? content : new byte[0]);
      flush();
    }
    return new Frame(type, flags, stream, content);
  }

  /** {@return how each of so many streams ended, by their numbers} */
  Map<Integer, End> ends(int count) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    Map<Integer, End> ends = new HashMap<>();
    while (ends.size() < count) {
      Frame frame = next();
      if (frame.type() == DATA) {
        texts.merge(
            frame.stream(), new String(frame.content(), StandardCharsets.UTF_8), String::concat);
      }
      boolean reset = frame.type() == RST_STREAM;
      boolean ended =
          (frame.type() == DATA || frame.type() == HEADERS) && (frame.flags() & END_STREAM) != 0;
      if (reset || ended) {
        int code = reset ? frame.content()[3] : -1;
        ends.putIfAbsent(frame.stream(), new End(texts.getOrDefault(frame.stream(), ""), code));
      }
    }
    return ends;
  }

  /** {@return whether the server ends the connection}, reading until it does or time runs out */
  boolean isEndedByServer() {
    try {
      while (next().type() != GOAWAY) {
        // what was on its way
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Without a farewell, which might wait for the server. */
  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

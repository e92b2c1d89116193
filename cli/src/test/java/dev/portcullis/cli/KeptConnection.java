package dev.portcullis.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection that is kept between reviews, byte by byte, so that what the server did with each
 * request is known: answered it, said before that it would not, or lost it.
 */
abstract class KeptConnection implements AutoCloseable {
  private final SSLSocket socket;
  final DataInputStream in;
  final OutputStream out;

  /** Whether the server has said that it takes no more requests on this connection. */
  boolean ending;

  private KeptConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Connects and shakes hands; a failure means that nothing has been asked yet. */
  static KeptConnection open(String protocol, SSLContext tls, int port) throws IOException {
    var socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {protocol});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      if (!socket.getApplicationProtocol().equals(protocol)) {
        throw new IllegalStateException("the server does not speak " + protocol);
      }
      return protocol.equals("h2") ? new Http2(socket) : new Http1(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends these bodies and waits for what becomes of them.
   *
   * @return the answers in order; null for one that the server has said it did not process, which
   *     may be asked again elsewhere
   * @throws IOException a request was lost
   */
  abstract List<String> ask(List<String> bodies) throws IOException;

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** One request after the other; the last answer says {@code Connection: close}. */
  private static final class Http1 extends KeptConnection {
    Http1(SSLSocket socket) throws IOException {
      super(socket);
    }

    @Override
    List<String> ask(List<String> bodies) throws IOException {
      String body = bodies.getFirst();
      out.write(
          ("POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
              .getBytes(StandardCharsets.US_ASCII));
      String status = line();
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
      ending = "close".equals(headers.get("connection"));
      byte[] content = new byte[Integer.parseInt(headers.get("content-length"))];
      in.readFully(content);
      String answer = new String(content, StandardCharsets.UTF_8);
      return List.of(status.equals("HTTP/1.1 200 OK") ? answer : status + ": " + answer);
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
        line.append((char) c);
      }
      return line.toString().trim();
    }
  }

  /** All requests at once, each a stream; GOAWAY names the last stream that will be answered. */
  private static final class Http2 extends KeptConnection {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private int nextStream = 1;
    private int lastAnswered = Integer.MAX_VALUE;

    Http2(SSLSocket socket) throws IOException {
      super(socket);
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(frame(SETTINGS, 0, 0, new byte[0]));
      // As much as the server will ever want to send.
      out.write(frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(1 << 30).array()));
    }

    @Override
    List<String> ask(List<String> bodies) throws IOException {
      var answers = new LinkedHashMap<Integer, String>();
      var all = new ByteArrayOutputStream();
      for (String body : bodies) {
        all.writeBytes(frame(HEADERS, END_HEADERS, nextStream, header()));
        all.writeBytes(frame(DATA, END_STREAM, nextStream, body.getBytes(StandardCharsets.UTF_8)));
        answers.put(nextStream, "");
        nextStream += 2;
      }
      out.write(all.toByteArray());
      int open = bodies.size();
      while (open > 0) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        switch (type) {
          case SETTINGS -> {
            if ((flags & ACK) == 0) {
              out.write(frame(SETTINGS, ACK, 0, new byte[0]));
            }
          }
          case GOAWAY -> {
            ending = true;
            lastAnswered = Math.min(lastAnswered, ByteBuffer.wrap(payload).getInt());
          }
          case DATA -> answers.computeIfPresent(stream, (s, text) -> text + utf8(payload));
          case RST_STREAM -> {
            if (stream <= lastAnswered) {
              throw new EOFException("stream " + stream + " was reset");
            }
          }
          default -> {
            // A header, or how much more may be sent.
          }
        }
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
          open--;
        }
        for (var answer : answers.entrySet()) {
          if (answer.getKey() > lastAnswered && answer.getValue() != null) {
            answer.setValue(null);
            open--;
          }
        }
      }
      return answers.values().stream().toList();
    }

    /** The header of a review, with the static table's names and nothing compressed. */
    private static byte[] header() {
      var block = new ByteArrayOutputStream();
      int post = 0x83;
      int https = 0x87;
      block.write(post);
      block.write(https);
      literal(block, 4, "/validate");
      literal(block, 1, "localhost");
      int contentType = 31;
      block.write(0x0f);
      block.write(contentType - 15);
      text(block, "application/json");
      return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int name, String value) {
      block.write(name);
      text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String value) {
      block.write(value.length());
      block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
      return ByteBuffer.allocate(9 + payload.length)
          .put((byte) (payload.length >> 16))
          .putShort((short) payload.length)
          .put((byte) type)
          .put((byte) flags)
          .putInt(stream)
          .put(payload)
          .array();
    }

    private static String utf8(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}

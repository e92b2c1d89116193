package dev.portcullis.webhook;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of each port from the moment they are accepted, whether or not they ever shake hands.
 *
 * <p>Vert.x speaks of a connection only after its TLS handshake, so that nothing would bound those
 * who connect and keep silent; and it closes a port together with its connections, so that nobody
 * could wait for the answers of the last ones that were accepted.
 */
final class Sockets implements Transport, io.vertx.core.spi.transport.Transport {
  private static final io.vertx.core.spi.transport.Transport NIO = Transport.NIO.implementation();

  /** Of headers, which take up to 25 times as much once they are read. */
  private static final long UNASKED_BYTES = 1024 * 1024;

  private final int limit;
  private final Runnable refused;
  private final ConcurrentHashMap<Integer, Port> ports = new ConcurrentHashMap<>();

  /**
   * Allows {@code limit} sockets on each port; for more, the slowest are closed, and {@code
   * refused} is told of each.
   */
  Sockets(int limit, Runnable refused) {
    this.limit = limit;
    this.refused = refused;
  }

  /** {@return the port with this number, which is being listened on} */
  Port at(int number) {
    Port port = ports.get(number);
    if (port == null) {
      throw new IllegalStateException("nobody listens on port " + number);
    }
    return port;
  }

  /** {@return the socket of a connection, null when it is closed} */
  @Nullable OpenSocket of(HttpConnection connection) {
    SocketAddress local = connection.localAddress();
    SocketAddress remote = connection.remoteAddress();
    if (local == null || remote == null) {
      return null;
    }
    Port port = ports.get(local.port());
    return port != null && convert(remote) instanceof InetSocketAddress address
        ? port.table.at(address)
        : null;
  }

  /** A listening socket. */
  final class Port extends NioServerSocketChannel {
    private final SocketTable table = new SocketTable(limit, UNASKED_BYTES, refused);

    /** {@return how many of the sockets that were accepted here are open} */
    int sockets() {
      return table.size();
    }

    /** Accepts no more; those that were accepted stay open. */
    void stopAccepting() {
      close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    @Override
    protected void doBind(java.net.SocketAddress address) throws Exception {
      super.doBind(address);
      ports.put(localAddress().getPort(), this);
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int count = super.doReadMessages(accepted);
      if (count > 0) {
        var channel = (Channel) accepted.getLast();
        long now = System.nanoTime();
        var socket =
            channel.remoteAddress() instanceof InetSocketAddress remote
                ? new OpenSocket(table, channel, remote, now)
                : null;
        if (socket == null || !table.admit(socket, now)) {
          accepted.removeLast();
          channel.unsafe().closeForcibly();
        } else {
          channel.pipeline().addLast(socket);
        }
      }
      return count;
    }
  }

  @Override
  public String name() {
    return Transport.NIO.name();
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Throwable unavailabilityCause() {
    throw new IllegalStateException("it is available");
  }

  @Override
  public io.vertx.core.spi.transport.Transport implementation() {
    return this;
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return Port::new;
  }

  @Override
  public java.net.SocketAddress convert(SocketAddress address) {
    return NIO.convert(address);
  }

  @Override
  public SocketAddress convert(java.net.SocketAddress address) {
    return NIO.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return NIO.ioHandlerFactory();
  }

  @Override
  @SuppressWarnings("deprecation")
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return NIO.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return NIO.datagramChannelFactory();
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return NIO.channelFactory(domainSocket);
  }
}

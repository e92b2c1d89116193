package dev.portcullis.webhook;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sockets of each port from the moment they are accepted, whether or not they ever shake hands.
 *
 * <p>Vert.x speaks of a connection only after its TLS handshake, so that nothing would bound those
 * who connect and keep silent; and it closes a port together with its connections, so that nobody
 * could wait for the answers of the last ones that were accepted.
 */
final class Sockets implements Transport, io.vertx.core.spi.transport.Transport {
  private static final io.vertx.core.spi.transport.Transport NIO = Transport.NIO.implementation();

  private final int limit;
  private final Runnable refused;
  private final Set<Port> ports = ConcurrentHashMap.newKeySet();

  /**
   * Allows {@code limit} sockets on each port; more are closed at once, and {@code refused} is told
   * of each.
   */
  Sockets(int limit, Runnable refused) {
    this.limit = limit;
    this.refused = refused;
  }

  /** {@return the port with this number, which is being listened on} */
  Port at(int number) {
    for (Port port : ports) {
      InetSocketAddress address = port.localAddress();
      if (address != null && address.getPort() == number) {
        return port;
      }
    }
    throw new IllegalStateException("nobody listens on port " + number);
  }

  /** A listening socket. */
  final class Port extends NioServerSocketChannel {
    private final AtomicInteger open = new AtomicInteger();

    /** {@return how many of the sockets that were accepted here are open} */
    int sockets() {
      return open.get();
    }

    /** Accepts no more; those that were accepted stay open. */
    void stopAccepting() {
      close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    @Override
    protected void doBind(java.net.SocketAddress address) throws Exception {
      super.doBind(address);
      ports.add(this);
    }

    @Override
    protected void doClose() throws Exception {
      ports.remove(this);
      super.doClose();
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int count = super.doReadMessages(accepted);
      if (count > 0) {
        var socket = (Channel) accepted.getLast();
        if (open.incrementAndGet() > limit) {
          open.decrementAndGet();
          accepted.removeLast();
          socket.unsafe().closeForcibly();
          refused.run();
        } else {
          socket.pipeline().addLast(new Leaving(open));
        }
      }
      return count;
    }
  }

  /** Counts a socket out, not before everybody else knows that it is closed. */
  private static final class Leaving extends ChannelInboundHandlerAdapter {
    private final AtomicInteger open;

    Leaving(AtomicInteger open) {
      this.open = open;
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
      open.decrementAndGet();
      context.fireChannelUnregistered();
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

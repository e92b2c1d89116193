package dev.portcullis.webhook;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open socket, before TLS and whatever else is spoken on it: whose it is, how long it has kept
 * the server waiting, and how many bytes it has sent that are no request yet.
 *
 * <p>Does not read from a client that does not read: whoever sends requests without taking the
 * answers waits for itself.
 */
final class OpenSocket extends ChannelDuplexHandler {
  /** Longer than a handshake with a client's certificates; libraries bound what is in one. */
  private static final long HANDSHAKE_BYTES = 16 * 1024;

  /** More than an idle HTTP/2 client's PINGs. */
  private static final long IDLE_BYTES = 256;

  private final SocketTable table;
  private final Channel channel;
  private final InetSocketAddress remote;
  private final String address;
  private final long opened;
  private volatile @Nullable Activity activity;
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile long unasked;
  private long received;
  private int requests;
  private boolean halted;

  /** What is known of the connection on a socket once it speaks HTTP. */
  interface Activity {
    /** {@return whether a request is complete and not answered: who waits is the client} */
    boolean isOurTurn();

    /** {@return whether a request has begun and is not complete, or none has ever come} */
    boolean isIncomplete();

    /** {@return whether a request is under way} */
    boolean isAsking();

    /** {@return how many requests have begun} */
    int requests();

    /** {@return when a request was last complete, by {@link System#nanoTime}} */
    long lastHeard();
  }

  OpenSocket(SocketTable table, Channel channel, InetSocketAddress remote, long now) {
    this.table = table;
    this.channel = channel;
    this.remote = remote;
    this.address = name(remote.getAddress());
    this.opened = now;
  }

  /**
   * {@return the client's address as far as one client can be told from another by it}: networks of
   * IPv6 are given out in 64 bits.
   */
  private static String name(@Nullable InetAddress address) {
    if (address instanceof Inet6Address six) {
      return "v6 " + Arrays.toString(Arrays.copyOf(six.getAddress(), 8));
    }
    return address == null ? "" : address.getHostAddress();
  }

  InetSocketAddress remote() {
    return remote;
  }

  String address() {
    return address;
  }

  /** Says who knows of its requests from now on. */
  void speaks(Activity http) {
    activity = http;
  }

  /** {@return whether a request of it is complete and not answered} */
  boolean isOurTurn() {
    Activity known = activity;
    return known != null && known.isOurTurn();
  }

  /** {@return whether the rest of something, or a first request, has been due since before then} */
  boolean isSlow(long before) {
    Activity known = activity;
    return (known == null || known.isIncomplete() || unasked > IDLE_BYTES)
        && lastHeard() - before < 0;
  }

  long lastHeard() {
    Activity known = activity;
    return known == null ? opened : known.lastHeard();
  }

  /** {@return how many bytes it has sent that are no request yet} */
  long unasked() {
    return unasked;
  }

  /** Closes it without a word, after which it counts no more. {@return whether that was new} */
  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to close
  boolean drop() {
    if (!gone.compareAndSet(false, true)) {
      return false;
    }
    table.left();
    ChannelHandlerContext first = channel.pipeline().context(this);
    if (first == null) {
      channel.close();
    } else {
      // From here, past TLS: it would wait until the client takes its farewell.
      first.close();
    }
    return true;
  }

  boolean isDropped() {
    return gone.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      received += bytes.readableBytes();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    Activity known = activity;
    if (known != null && (known.isAsking() || known.requests() != requests)) {
      requests = known.requests();
      received = 0;
    }
    long now = known == null ? Math.max(0, received - HANDSHAKE_BYTES) : received;
    if (now != unasked) {
      long more = now - unasked;
      unasked = now;
      table.unasked(more);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    ChannelConfig config = context.channel().config();
    if (!context.channel().isWritable()) {
      if (config.isAutoRead()) {
        config.setAutoRead(false);
        halted = true;
      }
    } else if (halted) {
      halted = false;
      config.setAutoRead(true);
    }
    context.fireChannelWritabilityChanged();
  }

  /** Not before everybody else knows that it is closed. */
  @Override
  public void channelUnregistered(ChannelHandlerContext context) {
    table.closed(this);
    if (gone.compareAndSet(false, true)) {
      table.left();
    }
    table.unasked(-unasked);
    unasked = 0;
    context.fireChannelUnregistered();
  }
}

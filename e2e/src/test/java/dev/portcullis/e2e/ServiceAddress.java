package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The cluster IP of a Service, on loopback, as kube-proxy serves it: a connection goes to one of
 * the ready replicas, whichever; without any it is refused.
 */
final class ServiceAddress implements AutoCloseable {
  private String host = "";
  private int port;
  private volatile List<Integer> replicas = List.of();
  private @Nullable ServerSocket listening;

  /** Moves to another address; one that is empty stands for a Service that is not there. */
  synchronized void moveTo(String newHost, int newPort) {
    if (!newHost.equals(host) || newPort != port) {
      stop();
      host = newHost;
      port = newPort;
    }
  }

  /** Leads new connections to these ports from now on. */
  synchronized void leadTo(List<Integer> ports) {
    replicas = ports;
    if (ports.isEmpty() || host.isEmpty()) {
      stop();
    } else if (listening == null) {
      listen();
    }
  }

  /** Leads no new connection to this port any more. */
  synchronized void leaveOut(int replica) {
    leadTo(replicas.stream().filter(other -> other != replica).toList());
  }

  private void listen() {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), 256);
      listening = socket;
      Thread.ofVirtual().start(() -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
    }
  }

  private void stop() {
    if (listening != null) {
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      listening = null;
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> lead(client));
      }
    } catch (IOException e) {
      // Closed: nobody is ready.
    }
  }

  private void lead(Socket client) {
    List<Integer> ports = replicas;
    // A replica that is gone refuses, which a caller tries again; here that becomes a reset.
    try (client) {
      client.setSoLinger(true, 0);
      if (ports.isEmpty()) {
        return;
      }
      int chosen = ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
      try (var replica = new Socket(InetAddress.getLoopbackAddress(), chosen)) {
        client.setSoLinger(false, 0);
        client.setTcpNoDelay(true);
        replica.setTcpNoDelay(true);
        Thread back = Thread.ofVirtual().start(() -> copy(replica, client));
        copy(client, replica);
        back.join();
      }
    } catch (IOException e) {
      // Either side has gone; so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public synchronized void close() throws IOException {
    stop();
  }
}

package dev.portcullis.webhook;

/**
 * Where to listen.
 *
 * @param host a name or an IP address
 * @param port 0 for any that is free
 * @param trusted whether only those can reach it who may know what the cluster calls its objects:
 *     names of pods, of namespaces and of who is exempt
 */
public record Address(String host, int port, boolean trusted) {
  /** Refuses what is no port. */
  public Address {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** Trusted if it is this machine's own. */
  public Address(String host, int port) {
    this(host, port, isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  /** {@return host and port as URLs spell them} */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

package dev.portcullis.webhook;

/**
 * Where to listen.
 *
 * @param host a name or an IP address
 * @param port 0 for any that is free
 */
public record Address(String host, int port) {
  /** Refuses what is no port. */
  public Address {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** {@return host and port as URLs spell them} */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

package dev.portcullis.cli;

import dev.portcullis.webhook.Address;
import dev.portcullis.webhook.StartException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where {@code portcullis serve} listens. */
final class ServeAddressOptions {
  @Option(
      names = "--bind-address",
      paramLabel = "HOST",
      description = "Where to listen for reviews (default: 0.0.0.0, with --cluster 127.0.0.1).")
  private @Nullable String bindAddress;

  @Option(
      names = "--port",
      defaultValue = "8443",
      description = "Port for reviews; 0 for any (default: 8443).")
  private int port = 8443;

  @Option(
      names = "--metrics-bind-address",
      paramLabel = "HOST",
      description = "Where to listen for probes and scrapes, by HTTP (default: as --bind-address).")
  private @Nullable String metricsBindAddress;

  @Option(
      names = "--metrics-port",
      defaultValue = "8080",
      description = "Port for probes and scrapes; 0 for any (default: 8080).")
  private int metricsPort = 8080;

  /** {@return the host for reviews; {@code folder} says that a folder stands for the cluster} */
  String host(boolean folder) {
    if (bindAddress != null) {
      return bindAddress;
    }
    return folder ? "127.0.0.1" : "0.0.0.0";
  }

  /** {@return the address for reviews} */
  Address review(boolean folder) throws StartException {
    return address("--port", host(folder), port);
  }

  /** {@return the address for probes and scrapes} */
  Address operator(boolean folder) throws StartException {
    String host = metricsBindAddress != null ? metricsBindAddress : host(folder);
    return address("--metrics-port", host, metricsPort);
  }

  private static Address address(String flag, String host, int number) throws StartException {
    if (number < 0 || number > 65_535) {
      throw new StartException(flag + " " + number + " must be between 0 and 65535");
    }
    return new Address(host, number);
  }
}

package dev.portcullis.cli;

import dev.portcullis.webhook.Address;
import dev.portcullis.webhook.StartException;
import java.util.Set;
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

  @Option(
      names = "--trusted-ports",
      paramLabel = "webhook,metrics",
      split = ",",
      description =
          "Ports that only those can reach who may know names of pods and namespaces, by a"
              + " NetworkPolicy say: names are told there (default: those of 127.0.0.1, and the"
              + " webhook's with --client-ca-file).")
  private Set<String> trustedPorts = Set.of();

  /** {@return the host for reviews; {@code folder} says that a folder stands for the cluster} */
  String host(boolean folder) {
    if (bindAddress != null) {
      return bindAddress;
    }
    return folder ? "127.0.0.1" : "0.0.0.0";
  }

  /** {@return the address for reviews} */
  Address review(boolean folder) throws StartException {
    return address("--port", host(folder), port, "webhook");
  }

  /** {@return the address for probes and scrapes} */
  Address operator(boolean folder) throws StartException {
    String host = metricsBindAddress != null ? metricsBindAddress : host(folder);
    return address("--metrics-port", host, metricsPort, "metrics");
  }

  private Address address(String flag, String host, int number, String name) throws StartException {
    for (String trusted : trustedPorts) {
      if (!trusted.equals("webhook") && !trusted.equals("metrics")) {
        throw new StartException("--trusted-ports " + trusted + ": webhook, metrics or both");
      }
    }
    if (number < 0 || number > 65_535) {
      throw new StartException(flag + " " + number + " must be between 0 and 65535");
    }
    var address = new Address(host, number);
    return trustedPorts.contains(name) ? new Address(host, number, true) : address;
  }
}

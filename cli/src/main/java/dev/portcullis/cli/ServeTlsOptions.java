package dev.portcullis.cli;

import dev.portcullis.webhook.ClientNames;
import dev.portcullis.webhook.StartException;
import dev.portcullis.webhook.TlsProvider;
import dev.portcullis.webhook.TlsSuites;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may connect to {@code portcullis serve}, and who computes TLS. */
final class ServeTlsOptions {
  @Option(
      names = "--client-ca-file",
      paramLabel = "FILE",
      description =
          "Demand a client certificate that one of these authorities, in PEM, has signed.")
  private @Nullable Path clientAuthorities;

  @Option(
      names = "--client-names",
      paramLabel = "NAME",
      split = ",",
      description =
          "With --client-ca-file: hear only clients whose certificate has one of these as its"
              + " common name or among its alternative names; repeatable.")
  private List<String> clientNames = List.of();

  @Option(
      names = "--tls-min-version",
      paramLabel = "VersionTLS12|VersionTLS13",
      description = "The oldest version of TLS that is spoken (default: VersionTLS12).")
  private String minVersion = "VersionTLS12";

  @Option(
      names = "--tls-cipher-suites",
      paramLabel = "NAME",
      split = ",",
      description =
          "Suites of TLS 1.2, by kube-apiserver's names; those of TLS 1.3 are always spoken"
              + " (default: ECDHE with AES-GCM or ChaCha20-Poly1305).")
  private List<String> suites = List.of();

  @Option(
      names = "--tls-provider",
      paramLabel = "auto|boringssl|jdk",
      description =
          "Who computes TLS (default: auto, BoringSSL where its native code runs, else the JDK).")
  private String tlsProvider = "auto";

  /** {@return the authorities whose client certificates are demanded, or null} */
  @Nullable Path clientAuthorities() {
    return clientAuthorities;
  }

  /** {@return which clients are heard of those with a good certificate} */
  ClientNames clientNames() throws StartException {
    if (!clientNames.isEmpty() && clientAuthorities == null) {
      throw new StartException("--client-names needs --client-ca-file");
    }
    if (clientNames.stream().anyMatch(String::isBlank)) {
      throw new StartException("--client-names must not have an empty name");
    }
    return new ClientNames(Set.copyOf(clientNames));
  }

  /** {@return which versions and suites of TLS are spoken} */
  TlsSuites suites() throws StartException {
    return TlsSuites.of(minVersion, suites);
  }

  /** {@return who computes TLS, before it is known whether that is possible} */
  TlsProvider ifKnown() {
    return tlsProvider.equals("jdk") ? TlsProvider.JDK : TlsProvider.best();
  }

  /** {@return who computes TLS} */
  TlsProvider provider() throws StartException {
    String why = tlsProvider.equals("jdk") ? null : TlsProvider.whyNoBoringSsl();
    return switch (tlsProvider) {
      case "jdk" -> TlsProvider.JDK;
      case "auto" -> why == null ? TlsProvider.BORINGSSL : TlsProvider.JDK;
      case "boringssl" -> {
        if (why != null) {
          throw new StartException("--tls-provider boringssl: it cannot be used here: " + why);
        }
        yield TlsProvider.BORINGSSL;
      }
      default ->
          throw new StartException("--tls-provider " + tlsProvider + ": auto, boringssl or jdk");
    };
  }

  /** {@return why BoringSSL was wished for and cannot be used, or null} */
  @Nullable String whyFallback() {
    return tlsProvider.equals("auto") ? TlsProvider.whyNoBoringSsl() : null;
  }
}

package dev.portcullis.cli;

import dev.portcullis.webhook.StartException;
import dev.portcullis.webhook.TlsProvider;
import java.nio.file.Path;
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
      names = "--tls-provider",
      paramLabel = "auto|boringssl|jdk",
      description =
          "Who computes TLS (default: auto, BoringSSL where its native code runs, else the JDK).")
  private String tlsProvider = "auto";

  /** {@return the authorities whose client certificates are demanded, or null} */
  @Nullable Path clientAuthorities() {
    return clientAuthorities;
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

package dev.portcullis.webhook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which versions of TLS and which suites are spoken, by the names of kube-apiserver's flags {@code
 * --tls-min-version} and {@code --tls-cipher-suites}.
 *
 * @param versions as the JDK names them, newest first
 * @param suites as IANA names them, the preferred first
 */
public record TlsSuites(List<String> versions, List<String> suites) {
  private static final String TLS_1_2 = "TLSv1.2";
  private static final String TLS_1_3 = "TLSv1.3";

  /** Always spoken where TLS 1.3 is, as in Go: none of them is weak. */
  private static final List<String> OF_TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** Forward secrecy and authenticated encryption. */
  private static final List<String> MODERN =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Spoken only by name: CBC, or a key that can be read later with the certificate's. */
  private static final List<String> WEAK =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA");

  /** Names that Go had before. */
  private static final Map<String, String> OLDER_NAMES =
      Map.of(
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** TLS 1.3 and 1.2 without what is weak. */
  public static final TlsSuites STANDARD = new TlsSuites(List.of(TLS_1_3, TLS_1_2), all(MODERN));

  /** Copies. */
  public TlsSuites {
    versions = List.copyOf(versions);
    suites = List.copyOf(suites);
  }

  /**
   * {@return what these flags choose}; no names are the modern ones.
   *
   * @throws StartException for a name that kube-apiserver does not have or nobody should speak
   */
  public static TlsSuites of(String minVersion, List<String> names) throws StartException {
    boolean older =
        switch (minVersion) {
          case "VersionTLS12" -> true;
          case "VersionTLS13" -> false;
          case "VersionTLS10", "VersionTLS11" ->
              throw new StartException(
                  "--tls-min-version "
                      + minVersion
                      + ": it is not secure; VersionTLS12 or VersionTLS13");
          default ->
              throw new StartException(
                  "--tls-min-version " + minVersion + ": VersionTLS12 or VersionTLS13");
        };
    Set<String> chosen = new LinkedHashSet<>();
    for (String name : names) {
      String suite = OLDER_NAMES.getOrDefault(name.strip(), name.strip());
      if (MODERN.contains(suite) || WEAK.contains(suite)) {
        chosen.add(suite);
      } else if (!OF_TLS_1_3.contains(suite)) {
        throw new StartException(
            "--tls-cipher-suites: no suite is named "
                + suite
                + "; there are "
                + String.join(", ", MODERN)
                + ", and, weak, "
                + String.join(", ", WEAK));
      }
    }
    if (names.isEmpty()) {
      chosen.addAll(MODERN);
    }
    return older && !chosen.isEmpty()
        ? new TlsSuites(List.of(TLS_1_3, TLS_1_2), all(List.copyOf(chosen)))
        : new TlsSuites(List.of(TLS_1_3), OF_TLS_1_3);
  }

  private static List<String> all(List<String> older) {
    List<String> all = new ArrayList<>(OF_TLS_1_3);
    all.addAll(older);
    return all;
  }
}

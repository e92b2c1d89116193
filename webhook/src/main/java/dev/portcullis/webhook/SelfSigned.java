package dev.portcullis.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a certificate that is its own authority, good for a year: for a laptop. */
final class SelfSigned {
  private static final Duration VALIDITY = Duration.ofDays(365);

  private SelfSigned() {}

  /**
   * {@return a certificate for this machine, and for {@code host} unless that stands for every
   * address}
   */
  static ServingCertificate make(String host) throws StartException {
    try {
      Issuer.Issued issued = Issuer.selfSigned(names(host), Instant.now(), VALIDITY);
      return new ServingCertificate(List.of(issued.certificate()), issued.key());
    } catch (GeneralSecurityException e) {
      throw new StartException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static Set<String> names(String host) {
    var names =
        new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", "host.docker.internal"));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      // The names above will do.
    }
    if (!host.equals("0.0.0.0") && !host.equals("::")) {
      names.add(host);
    }
    return names;
  }
}

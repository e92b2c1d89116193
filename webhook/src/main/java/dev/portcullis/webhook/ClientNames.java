package dev.portcullis.webhook;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Which clients are heard of those whose certificate is good: those of these names, or all.
 *
 * @param allowed common names and subject alternative names, compared as they are; none allow all
 */
public record ClientNames(Set<String> allowed) {
  /** Whoever has a good certificate. */
  public static final ClientNames ANY = new ClientNames(Set.of());

  /** Copies. */
  public ClientNames {
    allowed = Set.copyOf(allowed);
  }

  /** Throws if a client with this certificate is not to be heard. */
  void check(X509Certificate certificate) throws CertificateException {
    if (allowed.isEmpty()) {
      return;
    }
    for (String name : names(certificate)) {
      if (allowed.contains(name)) {
        return;
      }
    }
    throw new CertificateException(
        "the client's certificate has none of the names that --client-names allows");
  }

  private static Set<String> names(X509Certificate certificate) throws CertificateException {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
          names.add(name);
        }
      }
      Collection<List<?>> others = certificate.getSubjectAlternativeNames();
      if (others != null) {
        for (List<?> other : others) {
          if (other.size() > 1 && other.get(1) instanceof String name) {
            names.add(name);
          }
        }
      }
    } catch (InvalidNameException | CertificateParsingException e) {
      throw new CertificateException("the client's certificate has a name that cannot be read", e);
    }
    return names;
  }
}

package dev.portcullis.webhook;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Secret's texts come to.
 *
 * @param damage what is wrong, null when all is well
 * @param fault the words of whoever could not read it, empty otherwise
 * @param certificate null where it cannot be shown at all
 * @param authorities those that can be read
 */
record StoredCertificate(
    @Nullable CertificateDamage damage,
    String fault,
    @Nullable ServingCertificate certificate,
    List<X509Certificate> authorities) {
  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";
  static final String AUTHORITIES = "ca.crt";

  /** Clocks that differ by no more than this are well. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  StoredCertificate {
    authorities = List.copyOf(authorities);
  }

  static StoredCertificate of(Map<String, String> texts, Instant now) {
    String certificate = texts.getOrDefault(CERTIFICATE, "");
    String key = texts.getOrDefault(KEY, "");
    String bundle = texts.getOrDefault(AUTHORITIES, "");
    List<X509Certificate> authorities = List.of();
    String fault = "";
    try {
      authorities = Pem.certificates(bundle);
    } catch (GeneralSecurityException e) {
      fault = AUTHORITIES + ": " + e.getMessage();
    }
    if (certificate.isBlank() || key.isBlank()) {
      return new StoredCertificate(CertificateDamage.EMPTY, "", null, authorities);
    }
    ServingCertificate read;
    try {
      read = ServingCertificate.parse(certificate, key);
      if (!read.matches()) {
        return new StoredCertificate(CertificateDamage.KEY_MISMATCH, "", null, authorities);
      }
    } catch (GeneralSecurityException e) {
      return new StoredCertificate(
          CertificateDamage.UNREADABLE, String.valueOf(e.getMessage()), null, authorities);
    }
    if (!fault.isEmpty()) {
      return new StoredCertificate(CertificateDamage.UNREADABLE, fault, read, authorities);
    }
    return new StoredCertificate(damage(read, authorities, now), "", read, authorities);
  }

  private static @Nullable CertificateDamage damage(
      ServingCertificate read, List<X509Certificate> authorities, Instant now) {
    if (!read.isSignedByAny(authorities)) {
      return CertificateDamage.NO_AUTHORITY;
    }
    if (read.start().isAfter(now.plus(SKEW))) {
      return CertificateDamage.NOT_YET_VALID;
    }
    return read.expiry().isAfter(now) ? null : CertificateDamage.EXPIRED;
  }
}

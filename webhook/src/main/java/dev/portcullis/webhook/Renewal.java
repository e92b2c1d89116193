package dev.portcullis.webhook;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The life of a certificate that replicas make for themselves, as steps from one state of the
 * Secret to the next.
 *
 * <p>A new certificate comes with a new authority. First the new authority is trusted beside the
 * old one, then, when every API server has had time to hear of it, the new certificate is shown;
 * the old authority is trusted until it ends. So no handshake fails, whichever certificate a
 * replica shows.
 */
final class Renewal {
  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";
  static final String AUTHORITIES = "ca.crt";
  private static final String NEXT_CERTIFICATE = "next.crt";
  private static final String NEXT_KEY = "next.key";
  private static final String NEXT_SINCE = "next.since";

  private final String serverName;
  private final Duration lifetime;
  private final Duration renewBefore;

  Renewal(String serverName, Duration lifetime, Duration renewBefore) {
    this.serverName = serverName;
    this.lifetime = lifetime;
    this.renewBefore = renewBefore;
  }

  /** {@return how long a new authority is trusted before its certificate is shown} */
  Duration settle() {
    Duration share = lifetime.dividedBy(12);
    Duration most = Duration.ofSeconds(60);
    return share.compareTo(most) < 0 ? share : most;
  }

  /** {@return what the Secret should hold next; the same when nothing is to be done} */
  Map<String, String> next(Map<String, String> texts, Instant now) throws GeneralSecurityException {
    X509Certificate shown = certificate(texts.get(CERTIFICATE));
    if (shown == null || !texts.containsKey(KEY) || !isFor(shown) || ends(shown).isBefore(now)) {
      return first(now);
    }
    String next = texts.get(NEXT_CERTIFICATE);
    String nextKey = texts.get(NEXT_KEY);
    var changed = new TreeMap<>(texts);
    if (next != null && nextKey != null) {
      if (since(texts).plus(settle()).isAfter(now)) {
        return texts;
      }
      changed.put(CERTIFICATE, next);
      changed.put(KEY, nextKey);
      changed.keySet().removeAll(List.of(NEXT_CERTIFICATE, NEXT_KEY, NEXT_SINCE));
      return changed;
    }
    if (ends(shown).minus(renewBefore).isAfter(now)) {
      return texts;
    }
    Issuer.Issued issued = Issuer.issue(List.of(serverName), now, lifetime);
    changed.put(NEXT_CERTIFICATE, pem(issued.certificate()));
    changed.put(NEXT_KEY, Pem.encode("PRIVATE KEY", issued.key().getEncoded()));
    changed.put(NEXT_SINCE, now.toString());
    changed.put(AUTHORITIES, pem(issued.authority()) + valid(texts.get(AUTHORITIES), now));
    return changed;
  }

  private Map<String, String> first(Instant now) throws GeneralSecurityException {
    Issuer.Issued issued = Issuer.issue(List.of(serverName), now, lifetime);
    return Map.of(
        CERTIFICATE,
        pem(issued.certificate()),
        KEY,
        Pem.encode("PRIVATE KEY", issued.key().getEncoded()),
        AUTHORITIES,
        pem(issued.authority()));
  }

  /** {@return the authorities that have not ended} */
  private static String valid(@Nullable String authorities, Instant now)
      throws GeneralSecurityException {
    var out = new StringBuilder();
    for (X509Certificate authority : Pem.certificates(authorities == null ? "" : authorities)) {
      if (ends(authority).isAfter(now)) {
        out.append(pem(authority));
      }
    }
    return out.toString();
  }

  private static Instant since(Map<String, String> texts) {
    try {
      return Instant.parse(texts.getOrDefault(NEXT_SINCE, ""));
    } catch (DateTimeParseException e) {
      // Somebody wrote into the Secret; what is trusted long enough is not known, what is trusted
      // is.
      return Instant.EPOCH;
    }
  }

  private boolean isFor(X509Certificate certificate) throws GeneralSecurityException {
    var names = certificate.getSubjectAlternativeNames();
    return names != null && names.stream().anyMatch(name -> serverName.equals(name.get(1)));
  }

  private static @Nullable X509Certificate certificate(@Nullable String text)
      throws GeneralSecurityException {
    List<X509Certificate> found = text == null ? List.of() : Pem.certificates(text);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Instant ends(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return Pem.encode("CERTIFICATE", certificate.getEncoded());
  }
}

package dev.portcullis.webhook;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The life of a certificate that replicas make for themselves, as steps from one state of the
 * Secret to the next. Keys of the Secret that are not ours stay.
 *
 * <p>A new certificate comes with a new authority. First the new authority is trusted beside the
 * old one, then, when every API server has had time to hear of it, the new certificate is shown;
 * the old authority is trusted until it ends. So no handshake fails, whichever certificate a
 * replica shows.
 *
 * <p>A Secret that was damaged gets back what a replica still shows, and only where nothing is left
 * a certificate made anew.
 */
final class Renewal {
  static final String CERTIFICATE = StoredCertificate.CERTIFICATE;
  static final String KEY = StoredCertificate.KEY;
  static final String AUTHORITIES = StoredCertificate.AUTHORITIES;
  private static final String NEXT_CERTIFICATE = "next.crt";
  private static final String NEXT_KEY = "next.key";
  private static final String NEXT_SINCE = "next.since";
  private static final List<String> NEXT = List.of(NEXT_CERTIFICATE, NEXT_KEY, NEXT_SINCE);

  /** Of two releases that share a Secret while a Service gets another name. */
  private static final int MAX_NAMES = 5;

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
    return next(texts, Map.of(), now);
  }

  /**
   * {@return what the Secret should hold next; the same when nothing is to be done}
   *
   * @param good what it held when it was last seen without damage; empty when it never was
   */
  Map<String, String> next(Map<String, String> texts, Map<String, String> good, Instant now)
      throws GeneralSecurityException {
    StoredCertificate stored = StoredCertificate.of(texts, now);
    ServingCertificate shown = stored.certificate();
    if (stored.damage() != null || shown == null) {
      return repaired(texts, stored, good, now);
    }
    var changed = new TreeMap<>(texts);
    if (hasNext(texts, now)) {
      if (since(texts, now).plus(settle()).isAfter(now)) {
        return texts;
      }
      changed.put(CERTIFICATE, texts.get(NEXT_CERTIFICATE));
      changed.put(KEY, texts.get(NEXT_KEY));
      changed.keySet().removeAll(NEXT);
      return changed;
    }
    SequencedSet<String> names = new LinkedHashSet<>(List.of(serverName));
    if (!isForUs(shown)) {
      // Replicas that run under the old name show this certificate, too.
      names.addAll(namesOf(shown));
    } else if (shown.expiry().minus(renewBefore).isAfter(now)) {
      changed.keySet().removeAll(NEXT);
      return changed.size() == texts.size() ? texts : changed;
    }
    Issuer.Issued issued = Issuer.issue(names.stream().limit(MAX_NAMES).toList(), now, lifetime);
    changed.put(NEXT_CERTIFICATE, pem(issued.certificate()));
    changed.put(NEXT_KEY, Pem.encode("PRIVATE KEY", issued.key().getEncoded()));
    changed.put(NEXT_SINCE, now.toString());
    changed.put(AUTHORITIES, pem(issued.authority()) + valid(stored.authorities(), now));
    return changed;
  }

  private Map<String, String> repaired(
      Map<String, String> texts, StoredCertificate stored, Map<String, String> good, Instant now)
      throws GeneralSecurityException {
    var changed = new TreeMap<>(texts);
    changed.keySet().removeAll(NEXT);
    StoredCertificate known = StoredCertificate.of(good, now);
    if (known.damage() == null) {
      changed.putAll(good);
      return changed;
    }
    Issuer.Issued issued = Issuer.issue(List.of(serverName), now, lifetime);
    changed.put(CERTIFICATE, pem(issued.certificate()));
    changed.put(KEY, Pem.encode("PRIVATE KEY", issued.key().getEncoded()));
    // Other replicas may still show a certificate of one of those.
    changed.put(AUTHORITIES, pem(issued.authority()) + valid(stored.authorities(), now));
    return changed;
  }

  /** {@return whether a certificate waits that can be shown}; a wrong clock may have made it. */
  private static boolean hasNext(Map<String, String> texts, Instant now) {
    var next = new TreeMap<String, String>();
    next.put(CERTIFICATE, texts.getOrDefault(NEXT_CERTIFICATE, ""));
    next.put(KEY, texts.getOrDefault(NEXT_KEY, ""));
    next.put(AUTHORITIES, texts.getOrDefault(AUTHORITIES, ""));
    return StoredCertificate.of(next, now).damage() == null;
  }

  /** {@return the authorities that are good now} */
  private static String valid(List<X509Certificate> authorities, Instant now)
      throws GeneralSecurityException {
    var out = new StringBuilder();
    for (X509Certificate authority : authorities) {
      if (authority.getNotAfter().toInstant().isAfter(now)
          && !authority.getNotBefore().toInstant().isAfter(now.plus(Duration.ofHours(1)))) {
        out.append(pem(authority));
      }
    }
    return out.toString();
  }

  private Instant since(Map<String, String> texts, Instant now) {
    try {
      Instant since = Instant.parse(texts.getOrDefault(NEXT_SINCE, ""));
      // A time far off says nothing; it must not keep a certificate waiting.
      return since.isAfter(now.plus(settle())) ? Instant.EPOCH : since;
    } catch (DateTimeParseException e) {
      // Somebody wrote into the Secret; what is trusted long enough is not known, what is trusted
      // is.
      return Instant.EPOCH;
    }
  }

  private boolean isForUs(ServingCertificate certificate) throws CertificateParsingException {
    return namesOf(certificate).contains(serverName);
  }

  private static List<String> namesOf(ServingCertificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.chain().getFirst().getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream().map(name -> name.get(1)).map(String::valueOf).toList();
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return Pem.encode("CERTIFICATE", certificate.getEncoded());
  }

  /** {@return whether these texts differ by a repair}: null when nothing was wrong. */
  static @Nullable CertificateDamage damage(
      boolean exists, Map<String, String> texts, Map<String, String> good, Instant now) {
    if (!exists) {
      return good.isEmpty() ? null : CertificateDamage.MISSING;
    }
    CertificateDamage damage = StoredCertificate.of(texts, now).damage();
    boolean untouched = good.isEmpty() && !texts.containsKey(CERTIFICATE);
    return untouched ? null : damage;
  }
}

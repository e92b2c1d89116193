package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RenewalTest {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Renewal renewal = renewalFor("portcullis.portcullis.svc");

  @Test
  void overManyLivesEveryCertificateShownIsTrustedLongBefore() throws Exception {
    Map<String, String> texts = Map.of();
    var trustedSince = new ArrayList<Trust>();
    var shown = new ArrayList<X509Certificate>();
    for (int second = 0; second < 6 * 3600; second += 10) {
      Instant now = START.plusSeconds(second);
      texts = renewal.next(texts, now);
      for (X509Certificate authority : authorities(texts)) {
        if (trustedSince.stream().noneMatch(trust -> trust.authority().equals(authority))) {
          trustedSince.add(new Trust(authority, now));
        }
      }
      X509Certificate certificate = first(texts);
      certificate.checkValidity(Date.from(now));
      Trust trust = signer(certificate, authorities(texts), trustedSince);
      if (!shown.contains(certificate)) {
        boolean veryFirst = shown.isEmpty();
        shown.add(certificate);
        assertThat(veryFirst || !trust.since().plus(renewal.settle()).isAfter(now)).isTrue();
      }
      assertThat(Pem.privateKey(Objects.requireNonNull(texts.get(Renewal.KEY)))).isNotNull();
      assertThat(authorities(texts)).hasSizeLessThanOrEqualTo(3);
    }
    // One every 41 minutes: two thirds of an hour, and a minute in which the next is trusted first.
    assertThat(shown).hasSize(9);
  }

  @Test
  void nothingChangesWhileNothingIsToBeDone() throws Exception {
    Map<String, String> texts = renewal.next(Map.of(), START);
    assertThat(renewal.next(texts, START.plus(Duration.ofMinutes(39)))).isEqualTo(texts);
  }

  @Test
  void anEmptiedOrBrokenSecretIsFilledAgain() throws Exception {
    Map<String, String> broken = Map.of(Renewal.CERTIFICATE, "none", Renewal.KEY, "none");
    assertThat(first(renewal.next(broken, START)).getNotAfter())
        .isEqualTo(Date.from(START.plus(LIFETIME)));
  }

  @Test
  void aCertificateForAnotherServiceIsReplaced() throws Exception {
    Map<String, String> other = renewalFor("else.portcullis.svc").next(Map.of(), START);
    assertThat(renewal.next(other, START)).isNotEqualTo(other);
  }

  @Test
  void theNextIsMadeAsLongBeforeTheEndAsIsWished() throws Exception {
    var early = new Renewal("portcullis.portcullis.svc", LIFETIME, Duration.ofMinutes(50));
    Map<String, String> texts = early.next(Map.of(), START);
    assertThat(early.next(texts, START.plus(Duration.ofMinutes(9)))).isEqualTo(texts);
    assertThat(authorities(early.next(texts, START.plus(Duration.ofMinutes(10))))).hasSize(2);
  }

  private static Renewal renewalFor(String name) {
    return new Renewal(name, LIFETIME, LIFETIME.dividedBy(3));
  }

  private record Trust(X509Certificate authority, Instant since) {}

  private static Trust signer(
      X509Certificate certificate, List<X509Certificate> authorities, List<Trust> trusted)
      throws Exception {
    for (X509Certificate authority : authorities) {
      if (authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
        certificate.verify(authority.getPublicKey());
        return trusted.stream()
            .filter(trust -> trust.authority().equals(authority))
            .findFirst()
            .orElseThrow();
      }
    }
    throw new AssertionError("nobody trusts " + certificate.getIssuerX500Principal());
  }

  private static List<X509Certificate> authorities(Map<String, String> texts) throws Exception {
    return Pem.certificates(Objects.requireNonNull(texts.get(Renewal.AUTHORITIES)));
  }

  private static X509Certificate first(Map<String, String> texts) throws Exception {
    return Pem.certificates(Objects.requireNonNull(texts.get(Renewal.CERTIFICATE))).getFirst();
  }
}

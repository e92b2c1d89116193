package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaBundleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final X509Certificate ours = authority(NOW);
  private final X509Certificate theirs = authority(NOW);
  private final X509Certificate ended = authority(NOW.minus(Duration.ofDays(2)));

  @Test
  void whatIsNeededIsRegisteredWhereNothingWas() throws Exception {
    assertThat(CaBundle.of("", List.of(ours), "", NOW))
        .isEqualTo(new CaBundle(pem(ours), false, ""));
    assertThat(CaBundle.of("no PEM", List.of(ours), "", NOW).pem()).isEqualTo(pem(ours));
  }

  @Test
  void nothingIsWrittenWhereAllIsWell() throws Exception {
    String registered = "# by hand\n" + pem(ours);
    assertThat(CaBundle.of(registered, List.of(ours), "", NOW).pem()).isSameAs(registered);
  }

  @Test
  void whatElseWasTrustedStaysForAnHour() throws Exception {
    CaBundle first = CaBundle.of(pem(theirs), List.of(ours), "", NOW);
    assertThat(first).isEqualTo(new CaBundle(pem(ours, theirs), true, NOW.toString()));

    Instant soon = NOW.plus(Duration.ofMinutes(59));
    CaBundle second = CaBundle.of(first.pem(), List.of(ours), first.changed(), soon);
    assertThat(second).isEqualTo(first);
    assertThat(second.pem()).isSameAs(first.pem());

    Instant later = NOW.plus(Duration.ofMinutes(61));
    assertThat(CaBundle.of(second.pem(), List.of(ours), second.changed(), later))
        .isEqualTo(new CaBundle(pem(ours), false, ""));
  }

  @Test
  void whoeverNeedsTheOtherAuthorityBeginsTheHourAnew() throws Exception {
    Instant later = NOW.plus(Duration.ofHours(3));
    assertThat(CaBundle.of(pem(ours), List.of(theirs), NOW.toString(), later))
        .isEqualTo(new CaBundle(pem(theirs, ours), true, later.toString()));
  }

  @Test
  void twoReplicasThatNeedDifferentOnesComeToRest() throws Exception {
    CaBundle bundle = CaBundle.of("", List.of(ours), "", NOW);
    for (int i = 0; i < 4; i++) {
      bundle = CaBundle.of(bundle.pem(), List.of(theirs), bundle.changed(), NOW);
      bundle = CaBundle.of(bundle.pem(), List.of(ours), bundle.changed(), NOW);
    }
    assertThat(CaBundle.readable(bundle.pem())).containsExactlyInAnyOrder(ours, theirs);
    assertThat(CaBundle.of(bundle.pem(), List.of(theirs), bundle.changed(), NOW).pem())
        .isSameAs(bundle.pem());
  }

  @Test
  void whatHasEndedGoesAtOnce() throws Exception {
    assertThat(CaBundle.of(pem(ours, ended), List.of(ours), "", NOW))
        .isEqualTo(new CaBundle(pem(ours), false, ""));
  }

  @Test
  void aTimeToComeOrNoneAtAllIsNoReasonToTrustForEver() throws Exception {
    for (String changed : List.of("", "yesterday", "2099-01-01T00:00:00Z")) {
      assertThat(CaBundle.of(pem(ours, theirs), List.of(ours), changed, NOW))
          .isEqualTo(new CaBundle(pem(ours, theirs), true, NOW.toString()));
    }
  }

  private static X509Certificate authority(Instant when) {
    try {
      return Issuer.issue(List.of("a"), when, Duration.ofDays(1)).authority();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(X509Certificate... authorities) throws Exception {
    return Pem.encode(List.of(authorities));
  }
}

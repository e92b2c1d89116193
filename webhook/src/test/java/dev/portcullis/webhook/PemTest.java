package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys in {@code keys/} were made with openssl. */
class PemTest {
  @ParameterizedTest
  @CsvSource({
    "ec, EC, SHA256withECDSA",
    "ec-with-parameters, EC, SHA256withECDSA",
    "rsa, RSA, SHA256withRSA"
  })
  void readsTheOlderFormsOfKeys(String name, String algorithm, String signing) throws Exception {
    PrivateKey key = Pem.privateKey(resource(name + ".pem"));
    String pem = resource(name + ".pub").replaceAll("-----[^-]+-----", "");
    PublicKey expected =
        KeyFactory.getInstance(algorithm)
            .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    Signature signature = Signature.getInstance(signing);
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(expected);
    signature.update((byte) 1);
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void saysWhatIsWrongWithAKey() {
    assertThatThrownBy(() -> Pem.privateKey("nothing"))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("no private key in PEM was found");
    assertThatThrownBy(() -> Pem.privateKey(Pem.encode("ENCRYPTED PRIVATE KEY", new byte[] {1})))
        .hasMessage("the key is encrypted");
    assertThatThrownBy(() -> Pem.privateKey(Pem.encode("PRIVATE KEY", new byte[] {1})))
        .hasMessage("the key is neither EC nor RSA nor Ed25519");
    for (byte[] broken :
        List.of(new byte[] {1}, new byte[] {0x30, (byte) 0x84, 1, 1, 1, 1}, new byte[] {0x30, 0})) {
      assertThatThrownBy(() -> Pem.privateKey(Pem.encode("EC PRIVATE KEY", broken)))
          .isInstanceOf(GeneralSecurityException.class)
          .hasMessage("the EC key is not as RFC 5915 has it, or names no curve");
    }
  }

  @Test
  void saysWhichBlockIsDamaged() throws Exception {
    String good = Pem.encode(SelfSigned.make("a").chain());
    assertThat(Pem.certificates("# explanation\n" + good + "\n" + good)).hasSize(2);
    assertThat(Pem.certificates(good.replace("\n", "\r\n"))).hasSize(1);
    for (var fault :
        Map.of(
                "-----BEGIN CERTIFICATE-----\nMII!\n-----END CERTIFICATE-----\n",
                "block 2 (CERTIFICATE) is not Base64: Illegal base64 character 21",
                "-----BEGIN CERTIFICATE-----\nMIIB=A\n-----END CERTIFICATE-----\n",
                "block 2 (CERTIFICATE) is not Base64: Input byte array has wrong 4-byte ending"
                    + " unit",
                "-----BEGIN CERTIFICATE-----\nMIIB\n",
                "block 2 (CERTIFICATE) has no end",
                "-----BEGIN CERTIFICATE-----\nMIIB\n" + good,
                "block 2 (CERTIFICATE) has no end",
                "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n\nMIIB\n"
                    + "-----END CERTIFICATE-----\n",
                "block 2 (CERTIFICATE) has headers, as encrypted keys have")
            .entrySet()) {
      assertThatThrownBy(() -> Pem.certificates(good + fault.getKey()))
          .isInstanceOf(GeneralSecurityException.class)
          .hasMessage(fault.getValue());
    }
    assertThatThrownBy(() -> Pem.certificates(Pem.encode("CERTIFICATE", new byte[] {1})))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageStartingWith("block 1 (CERTIFICATE) is no certificate: ");
  }

  @Test
  void makesCertificatesThatSayWhatTheyAreFor() throws Exception {
    Instant now = Instant.parse("2049-12-31T00:00:00Z");
    Issuer.Issued issued =
        Issuer.issue(
            List.of("webhook.portcullis.svc", "127.0.0.1", "::1"), now, Duration.ofDays(365));
    X509Certificate certificate = issued.certificate();
    certificate.verify(issued.authority().getPublicKey());
    issued.authority().verify(issued.authority().getPublicKey());
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(
            List.of(2, "webhook.portcullis.svc"),
            List.of(7, "127.0.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"));
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getKeyUsage()).startsWith(true, false).endsWith(false);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofMinutes(5)));
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(365)));
    assertThat(issued.authority().getBasicConstraints()).isZero();
    assertThat(issued.authority().getKeyUsage()[5]).isTrue();
    assertThat(issued.authority().getKeyUsage()[0]).isFalse();
  }

  private static String resource(String name) throws Exception {
    try (var in = PemTest.class.getResourceAsStream("/keys/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}

package dev.portcullis.webhook;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.regex.Pattern;

/** Makes certificates: ECDSA on P-256, the key of which costs a handshake least. */
final class Issuer {
  /** Clocks of two machines may differ by as much. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final byte DIGITAL_SIGNATURE = (byte) 0x80;
  private static final byte KEY_CERT_SIGN = 0x04;
  private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

  /** An authority, but not one that makes authorities. */
  private static final byte[] AUTHORITY =
      extension("2.5.29.19", true, Der.sequence(Der.bool(true), Der.integer(BigInteger.ZERO)));

  private static final byte[] FOR_SERVERS =
      extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")));

  private Issuer() {}

  /**
   * A certificate for a server, and the authority that signed it.
   *
   * @param certificate the server's
   * @param key its key; the authority's is forgotten, so that it can sign nothing else
   * @param authority what clients must trust
   */
  record Issued(X509Certificate certificate, PrivateKey key, X509Certificate authority) {}

  /** {@return a certificate for these names, signed by an authority made for it alone} */
  static Issued issue(Collection<String> names, Instant now, Duration lifetime)
      throws GeneralSecurityException {
    KeyPair authority = keyPair();
    byte[] authorityName = Der.commonName("portcullis authority " + now.getEpochSecond());
    KeyPair server = keyPair();
    byte[] ca =
        toSign(
            authorityName,
            authorityName,
            authority,
            validity(now, lifetime.plus(SKEW)),
            Der.sequence(AUTHORITY, keyUsage(KEY_CERT_SIGN)));
    byte[] leaf =
        toSign(
            authorityName,
            Der.commonName("portcullis"),
            server,
            validity(now, lifetime),
            Der.sequence(keyUsage(DIGITAL_SIGNATURE), alternatives(names), FOR_SERVERS));
    return new Issued(
        sign(leaf, authority.getPrivate()), server.getPrivate(), sign(ca, authority.getPrivate()));
  }

  /** {@return a certificate for these names that is its own authority, with its key} */
  static Issued selfSigned(Collection<String> names, Instant now, Duration lifetime)
      throws GeneralSecurityException {
    byte[] subject = Der.commonName("portcullis self-signed");
    KeyPair pair = keyPair();
    byte[] usage = keyUsage((byte) (DIGITAL_SIGNATURE | KEY_CERT_SIGN));
    byte[] extensions = Der.sequence(AUTHORITY, usage, alternatives(names), FOR_SERVERS);
    X509Certificate certificate =
        sign(
            toSign(subject, subject, pair, validity(now, lifetime), extensions), pair.getPrivate());
    return new Issued(certificate, pair.getPrivate(), certificate);
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] toSign(
      byte[] issuer, byte[] subject, KeyPair pair, byte[] validity, byte[] extensions) {
    byte[] version3 = Der.value(0xa0, Der.integer(BigInteger.TWO));
    byte[] serial = Der.integer(new BigInteger(127, new SecureRandom()));
    return Der.sequence(
        version3,
        serial,
        ECDSA_SHA256,
        issuer,
        validity,
        subject,
        pair.getPublic().getEncoded(),
        Der.value(0xa3, extensions));
  }

  private static byte[] validity(Instant now, Duration lifetime) {
    return Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(lifetime)));
  }

  private static byte[] extension(String oid, boolean critical, byte[] content) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(content))
        : Der.sequence(Der.oid(oid), Der.octets(content));
  }

  private static byte[] keyUsage(byte usage) {
    return extension("2.5.29.15", true, Der.bits(Integer.numberOfTrailingZeros(usage), usage));
  }

  private static byte[] alternatives(Collection<String> names) throws GeneralSecurityException {
    byte[][] alternatives = new byte[names.size()][];
    int i = 0;
    for (String name : names) {
      try {
        alternatives[i++] =
            IP.matcher(name).matches()
                ? Der.value(0x87, InetAddress.ofLiteral(name).getAddress())
                : Der.value(0x82, name.getBytes(StandardCharsets.US_ASCII));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException(name + " is neither a name nor an address", e);
      }
    }
    return extension("2.5.29.17", false, Der.sequence(alternatives));
  }

  private static X509Certificate sign(byte[] toSign, PrivateKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(toSign);
    byte[] encoded = Der.sequence(toSign, ECDSA_SHA256, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }
}

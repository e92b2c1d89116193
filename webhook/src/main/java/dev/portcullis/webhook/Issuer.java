package dev.portcullis.webhook;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates: ECDSA on P-256, the key of which costs a handshake least. */
final class Issuer {
  /** Clocks of two machines may differ by as much. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

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
    var authorityName = new X500Name("CN=portcullis authority " + now.getEpochSecond());
    var ca = builder(authorityName, authorityName, authority, now, lifetime.plus(SKEW));
    KeyPair server = keyPair();
    var leaf = builder(authorityName, new X500Name("CN=portcullis"), server, now, lifetime);
    try {
      ca.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      ca.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      serverExtensions(leaf, names);
      return new Issued(
          sign(leaf, authority.getPrivate()),
          server.getPrivate(),
          sign(ca, authority.getPrivate()));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** {@return a certificate for these names that is its own authority, with its key} */
  static Issued selfSigned(Collection<String> names, Instant now, Duration lifetime)
      throws GeneralSecurityException {
    var subject = new X500Name("CN=portcullis self-signed");
    KeyPair pair = keyPair();
    var builder = builder(subject, subject, pair, now, lifetime);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
      serverExtensions(builder, names);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    X509Certificate certificate = sign(builder, pair.getPrivate());
    return new Issued(certificate, pair.getPrivate(), certificate);
  }

  private static void serverExtensions(
      JcaX509v3CertificateBuilder builder, Collection<String> names) throws IOException {
    var alternatives =
        names.stream()
            .map(name ->
                new GeneralName(
                    IP.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Instant now, Duration lifetime) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()),
        Date.from(now.minus(SKEW)),
        Date.from(now.plus(lifetime)),
        subject,
        pair.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}

package dev.portcullis.e2e;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the throw-away certificates of one suite: ECDSA P-256, valid from a minute ago. */
final class CertificateAuthority {
  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Identity own;

  private CertificateAuthority(Identity own) {
    this.own = own;
  }

  static CertificateAuthority named(String name) {
    KeyPair keys = newKeys();
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    return new CertificateAuthority(
        sign(
            subject,
            keys,
            subject,
            keys,
            justNow(),
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
              builder.addExtension(
                  Extension.keyUsage,
                  true,
                  new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
            }));
  }

  /** {@return its own certificate as PEM} */
  String pem() {
    return own.certificatePem();
  }

  X509Certificate certificate() {
    return own.certificate();
  }

  /** {@return a server's certificate for these DNS names, and for loopback} */
  Identity server(String... names) {
    return serverFrom(justNow(), names);
  }

  /** {@return the same, valid from then on} */
  Identity serverFrom(Instant start, String... names) {
    var alternatives =
        Stream.concat(
                Stream.of(new GeneralName(GeneralName.iPAddress, "127.0.0.1")),
                Stream.concat(Stream.of("localhost"), Arrays.stream(names))
                    .map(name -> new GeneralName(GeneralName.dNSName, name)))
            .toArray(GeneralName[]::new);
    String common = names.length == 0 ? "localhost" : names[0];
    return leaf(
        new X500NameBuilder().addRDN(BCStyle.CN, common).build(),
        KeyPurposeId.id_kp_serverAuth,
        new GeneralNames(alternatives),
        start);
  }

  /** {@return a client's certificate: a Kubernetes user and its groups} */
  Identity client(String user, List<String> groups) {
    var subject = new X500NameBuilder();
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    subject.addRDN(BCStyle.CN, user);
    return leaf(subject.build(), KeyPurposeId.id_kp_clientAuth, null, justNow());
  }

  private static Instant justNow() {
    return Instant.now().minus(Duration.ofMinutes(1));
  }

  private Identity leaf(
      X500Name subject, KeyPurposeId purpose, @Nullable GeneralNames names, Instant start) {
    X500Name issuer =
        X500Name.getInstance(own.certificate().getSubjectX500Principal().getEncoded());
    return sign(
        subject,
        newKeys(),
        issuer,
        own.keys(),
        start,
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
          builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
          builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
          if (names != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
          }
        });
  }

  private interface Extensions {
    void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
  }

  private static Identity sign(
      X500Name subject,
      KeyPair keys,
      X500Name issuer,
      KeyPair issuerKeys,
      Instant start,
      Extensions extensions) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(64, RANDOM).add(BigInteger.ONE),
              Date.from(start),
              Date.from(start.plus(VALIDITY)),
              subject,
              keys.getPublic());
      extensions.addTo(builder);
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
      return new Identity(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate for " + subject, e);
    }
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.portcullis.webhook;

import dev.portcullis.cluster.FileTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A certificate that the server shows, with its key.
 *
 * @param chain the server's own first
 * @param key of the first
 */
record ServingCertificate(List<X509Certificate> chain, PrivateKey key) {
  ServingCertificate {
    chain = List.copyOf(chain);
  }

  /** {@return the certificate in these files}; what it reads becomes part of {@code trace}. */
  static ServingCertificate read(Path certificate, Path key, FileTrace trace)
      throws StartException {
    // Both are part of it, whichever is at fault.
    trace.add(certificate);
    trace.add(key);
    List<X509Certificate> chain;
    try {
      chain = Pem.certificates(text(certificate, trace));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(certificate, e);
    }
    if (chain.isEmpty()) {
      throw new StartException(certificate + " holds no certificate in PEM");
    }
    try {
      PrivateKey secret = Pem.privateKey(text(key, trace));
      if (!belong(chain.getFirst(), secret)) {
        throw new StartException(
            "the key in " + key + " does not belong to the certificate in " + certificate);
      }
      return new ServingCertificate(chain, secret);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(key, e);
    }
  }

  private static StartException unusable(Path file, Exception e) {
    return e instanceof NoSuchFileException missing
        ? new StartException("open " + missing.getFile() + ": no such file or directory", e)
        : new StartException("cannot use " + file + ": " + e.getMessage(), e);
  }

  /** {@return the certificate with this key, in PEM} */
  static ServingCertificate parse(String certificate, String key) throws GeneralSecurityException {
    List<X509Certificate> chain = Pem.certificates(certificate);
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate in PEM");
    }
    return new ServingCertificate(chain, Pem.privateKey(key));
  }

  /** {@return whether the key is that of the certificate} */
  boolean matches() throws GeneralSecurityException {
    return belong(chain.getFirst(), key);
  }

  /** {@return whether one of these authorities has signed it, or a certificate of its chain} */
  boolean isSignedByAny(List<X509Certificate> authorities) {
    for (X509Certificate shown : chain) {
      for (X509Certificate authority : authorities) {
        if (shown.equals(authority) || isSignedBy(shown, authority)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSignedBy(X509Certificate shown, X509Certificate authority) {
    if (!shown.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
      return false;
    }
    try {
      shown.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** {@return whether TLS may show it where it wants a key of this type, such as {@code EC}} */
  boolean suits(String keyType) {
    int signer = keyType.indexOf('_');
    String wanted = signer < 0 ? keyType : keyType.substring(0, signer);
    return wanted.equals(chain.getFirst().getPublicKey().getAlgorithm());
  }

  Instant start() {
    return chain.getFirst().getNotBefore().toInstant();
  }

  Instant expiry() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  private static String text(Path file, FileTrace trace) throws IOException {
    return new String(trace.read(file), StandardCharsets.ISO_8859_1);
  }

  /** Files are replaced one after the other: for a moment they may not match. */
  private static boolean belong(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    PublicKey shown = certificate.getPublicKey();
    if (shown instanceof RSAPublicKey rsa && key instanceof RSAKey secret) {
      return rsa.getModulus().equals(secret.getModulus());
    }
    // A signature by the JDK takes a fifth of a second of a start. It is spared where the key's
    // file tells the point of its public key, as all but the oldest tools have it do.
    if (shown instanceof ECPublicKey ec && key instanceof ECKey && tells(key, ec)) {
      return true;
    }
    return signs(key, shown);
  }

  private static boolean tells(PrivateKey key, ECPublicKey shown) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      return false;
    }
    int point = 1 + 2 * ((shown.getParams().getCurve().getField().getFieldSize() + 7) / 8);
    byte[] spki = shown.getEncoded();
    for (int at = 0; at + point <= encoded.length; at++) {
      if (Arrays.equals(encoded, at, at + point, spki, spki.length - point, spki.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean signs(PrivateKey key, PublicKey shown) throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] probe = {1, 2, 3};
    Signature sign = Signature.getInstance(algorithm);
    sign.initSign(key);
    sign.update(probe);
    byte[] signature = sign.sign();
    if (!key.getAlgorithm().equals(shown.getAlgorithm()) && !shown.getAlgorithm().equals("EdDSA")) {
      return false;
    }
    sign.initVerify(shown);
    sign.update(probe);
    return sign.verify(signature);
  }
}

package dev.portcullis.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
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

  /** {@return the certificate in these files} */
  static ServingCertificate read(Path certificate, Path key) throws StartException {
    try {
      List<X509Certificate> chain = Pem.certificates(text(certificate));
      if (chain.isEmpty()) {
        throw new StartException(certificate + " holds no certificate in PEM");
      }
      PrivateKey secret = Pem.privateKey(text(key));
      if (!belong(chain.getFirst(), secret)) {
        throw new StartException(
            "the key in " + key + " does not belong to the certificate in " + certificate);
      }
      return new ServingCertificate(chain, secret);
    } catch (NoSuchFileException e) {
      throw new StartException("open " + e.getFile() + ": no such file or directory", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException(
          "cannot use " + certificate + " and " + key + ": " + e.getMessage(), e);
    }
  }

  /** {@return whether TLS may show it where it wants a key of this type, such as {@code EC}} */
  boolean suits(String keyType) {
    int signer = keyType.indexOf('_');
    String wanted = signer < 0 ? keyType : keyType.substring(0, signer);
    return wanted.equals(chain.getFirst().getPublicKey().getAlgorithm());
  }

  Instant expiry() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** Files are replaced one after the other: for a moment they may not match. */
  private static boolean belong(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
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
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())
        && !certificate.getPublicKey().getAlgorithm().equals("EdDSA")) {
      return false;
    }
    sign.initVerify(certificate.getPublicKey());
    sign.update(probe);
    return sign.verify(signature);
  }
}

package dev.portcullis.webhook;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

  private Pem() {}

  /** {@return the certificates in this text, in order} */
  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var found = new ArrayList<X509Certificate>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        var bytes = new ByteArrayInputStream(Base64.getMimeDecoder().decode(block.group(2)));
        found.add((X509Certificate) factory.generateCertificate(bytes));
      }
    }
    return found;
  }

  /**
   * {@return the first private key in this text}: PKCS #8, or the older forms of RSA and EC keys.
   */
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(Base64.getMimeDecoder().decode(block.group(2)));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(Der.pkcs8OfEc(Base64.getMimeDecoder().decode(block.group(2))));
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(Der.pkcs8OfRsa(Base64.getMimeDecoder().decode(block.group(2))));
        }
        case "ENCRYPTED PRIVATE KEY" -> throw new GeneralSecurityException("the key is encrypted");
        default -> {}
      }
    }
    throw new GeneralSecurityException("no private key in PEM was found");
  }

  static String encode(String type, byte[] bytes) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static PrivateKey pkcs8(byte[] bytes) throws GeneralSecurityException {
    var spec = new PKCS8EncodedKeySpec(bytes);
    for (String algorithm : List.of("EC", "RSA", "Ed25519", "Ed448")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Not this kind.
      }
    }
    throw new GeneralSecurityException("the key is neither EC nor RSA nor Ed25519");
  }
}

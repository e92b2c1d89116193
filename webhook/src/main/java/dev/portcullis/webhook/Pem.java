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

/** Certificates and keys as text (RFC 7468). Text between blocks is explanation. */
final class Pem {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----");
  private static final Pattern BLANK = Pattern.compile("\\s+");

  private Pem() {}

  /**
   * A block.
   *
   * @param place which one of the text it is, from 1
   * @param content what stands between its two lines
   */
  private record Block(String label, int place, String content) {
    byte[] bytes() throws GeneralSecurityException {
      if (content.contains(":")) {
        // RFC 1421: a header such as "Proc-Type: 4,ENCRYPTED".
        throw new GeneralSecurityException(this + " has headers, as encrypted keys have");
      }
      try {
        return Base64.getDecoder().decode(BLANK.matcher(content).replaceAll(""));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException(this + " is not Base64: " + e.getMessage(), e);
      }
    }

    @Override
    public String toString() {
      return "block " + place + " (" + label + ")";
    }
  }

  private static List<Block> blocks(String text) throws GeneralSecurityException {
    var blocks = new ArrayList<Block>();
    Matcher begin = BEGIN.matcher(text);
    int at = 0;
    while (begin.find(at)) {
      String label = begin.group(1);
      int end = text.indexOf("-----END " + label + "-----", begin.end());
      int next = text.indexOf("-----BEGIN ", begin.end());
      if (end < 0 || (next >= 0 && next < end)) {
        throw new GeneralSecurityException(
            "block " + (blocks.size() + 1) + " (" + label + ") has no end");
      }
      blocks.add(new Block(label, blocks.size() + 1, text.substring(begin.end(), end)));
      at = end;
    }
    return blocks;
  }

  /** {@return the certificates in this text, in order} */
  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var found = new ArrayList<X509Certificate>();
    for (Block block : blocks(text)) {
      if (block.label().equals("CERTIFICATE")) {
        byte[] bytes = block.bytes();
        try {
          found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
        } catch (GeneralSecurityException e) {
          throw new GeneralSecurityException(block + " is no certificate: " + e.getMessage(), e);
        }
      }
    }
    return found;
  }

  /**
   * {@return the first private key in this text}: PKCS #8, or the older forms of RSA and EC keys.
   */
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    for (Block block : blocks(text)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return pkcs8(block.bytes());
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(Der.pkcs8OfEc(block.bytes()));
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(Der.pkcs8OfRsa(block.bytes()));
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

  /** {@return these certificates as one text} */
  static String encode(List<X509Certificate> certificates) throws GeneralSecurityException {
    var out = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      out.append(encode("CERTIFICATE", certificate.getEncoded()));
    }
    return out.toString();
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

package dev.portcullis.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;

/** A certificate and its keys. */
record Identity(X509Certificate certificate, KeyPair keys) {
  String certificatePem() {
    return pem(certificate);
  }

  String privateKeyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** {@return the private key as kubeadm and k3s write one into a kubeconfig} */
  String sec1Pem() {
    var key = (ECPrivateKey) keys.getPrivate();
    try {
      var structure =
          new org.bouncycastle.asn1.sec.ECPrivateKey(
              256, key.getS(), SECObjectIdentifiers.secp256r1);
      return pem("EC PRIVATE KEY", structure.getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String publicKeyPem() {
    return pem("PUBLIC KEY", keys.getPublic().getEncoded());
  }

  /** {@return both, as a TLS Secret has them} */
  Map<String, String> files() {
    return Map.of("tls.crt", certificatePem(), "tls.key", privateKeyPem());
  }

  /** Writes {@link #files} into a folder. */
  void writeTo(Path folder) {
    files().forEach((name, text) -> replace(folder.resolve(name), text));
  }

  /** Writes a file in one step, as its readers see it. */
  static void replace(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the first certificate of a PEM text that is encoded as an API object has it} */
  static X509Certificate certificateOf(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    } catch (CertificateException e) {
      throw new AssertionError("no certificate: " + base64, e);
    }
  }

  static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}

package dev.portcullis.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key by which a kubeconfig proves who we are. */
final class ClientKey {
  /** PKCS #8 (RFC 7468, section 10), whose label does not say what kind of key it is. */
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private ClientKey() {}

  /** {@return whether the key is an elliptic curve's in PKCS #8} */
  static boolean isEcInPkcs8(Config config) {
    String pem = pem(config);
    Matcher block = PKCS8.matcher(pem == null ? "" : pem);
    if (!block.find()) {
      return false;
    }
    try {
      KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** {@return the key's text}; null where there is none, or none that can be read. */
  private static @Nullable String pem(Config config) {
    String data = config.getClientKeyData();
    String file = config.getClientKeyFile();
    try {
      if (data != null) {
        return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.ISO_8859_1);
      }
      return file == null ? null : Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException | IllegalArgumentException e) {
      // The client that is made next says what is wrong with it.
      return null;
    }
  }
}

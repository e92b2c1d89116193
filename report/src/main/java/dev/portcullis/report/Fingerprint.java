package dev.portcullis.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What identifies a violation from run to run: the workload, the check and the field, but no file
 * and no line.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** {@return 32 hexadecimal digits} */
  public static String of(Result result, String check, Place place) {
    return of(
        result.kind(),
        String.valueOf(result.namespace()),
        result.name(),
        check,
        result.template().isEmpty()
            ? place.stablePath()
            : result.template() + ": " + place.stablePath(),
        String.valueOf(place.value()));
  }

  /** {@return 32 hexadecimal digits made of these texts} */
  public static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}

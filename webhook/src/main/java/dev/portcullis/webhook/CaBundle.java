package dev.portcullis.webhook;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a webhook is to trust next: the authorities that replicas need, and for a while whatever
 * else it trusted, which an older replica or another source of certificates may need.
 *
 * @param pem the authorities, in PEM
 * @param holdsOthers whether some are not needed
 * @param changed since when some are not needed, as RFC 3339
 */
record CaBundle(String pem, boolean holdsOthers, String changed) {
  /** A rollout with all its retries is over by then. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** An object of the API holds no more than 1.5 MiB. */
  private static final int MAX_OTHERS = 10;

  /** {@return what follows on {@code registered}; the same text when nothing is to change} */
  static CaBundle of(String registered, List<X509Certificate> needed, String changed, Instant now)
      throws GeneralSecurityException {
    List<X509Certificate> before = readable(registered);
    boolean complete = before.containsAll(needed);
    var others = new ArrayList<X509Certificate>();
    for (X509Certificate one : before) {
      if (!needed.contains(one)
          && !others.contains(one)
          && one.getNotAfter().toInstant().isAfter(now)
          && others.size() < MAX_OTHERS) {
        others.add(one);
      }
    }
    if (others.isEmpty()) {
      String pem = Pem.encode(needed);
      return new CaBundle(complete && before.size() == needed.size() ? registered : pem, false, "");
    }
    Instant since = complete ? parsed(changed, now) : now;
    if (complete && since.plus(KEPT).isBefore(now)) {
      return new CaBundle(Pem.encode(needed), false, "");
    }
    if (complete && before.size() == needed.size() + others.size()) {
      return new CaBundle(registered, true, since.toString());
    }
    var all = new ArrayList<>(needed);
    all.addAll(others);
    return new CaBundle(Pem.encode(all), true, since.toString());
  }

  /** {@return the authorities in this text, none where it cannot be read} */
  static List<X509Certificate> readable(String pem) {
    try {
      return Pem.certificates(pem);
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  /** A time to come, or none at all, begins now. */
  private static Instant parsed(String changed, Instant now) {
    try {
      Instant since = Instant.parse(changed);
      return since.isAfter(now) ? now : since;
    } catch (DateTimeParseException e) {
      return now;
    }
  }
}

package dev.portcullis.webhook;

import java.util.Locale;

/** What can be wrong with the Secret in which replicas keep their certificate. */
enum CertificateDamage {
  MISSING("the Secret is gone"),
  EMPTY("it holds no certificate or no key"),
  UNREADABLE("it cannot be read"),
  KEY_MISMATCH("its key is that of another certificate"),
  NO_AUTHORITY("it holds no authority that has signed the certificate"),
  NOT_YET_VALID("its certificate is not valid yet: a clock was wrong"),
  EXPIRED("its certificate has expired");

  private final String words;

  CertificateDamage(String words) {
    this.words = words;
  }

  /** {@return a clause for people} */
  String words() {
    return words;
  }

  /** {@return the value of the metric's label} */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.portcullis.e2e;

/** What the API server's own PodSecurity plugin does while a suite runs. */
sealed interface PodSecurityPlugin {
  /** Switched off, so that every word comes from the webhook. */
  record Off() implements PodSecurityPlugin {}

  /** On, with a {@code PodSecurityConfiguration}. */
  record On(String configuration) implements PodSecurityPlugin {}
}

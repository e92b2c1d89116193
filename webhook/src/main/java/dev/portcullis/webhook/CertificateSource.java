package dev.portcullis.webhook;

import dev.portcullis.cluster.CertificateStore;
import java.nio.file.Path;
import java.time.Duration;

/** Where the server's certificate comes from. */
public sealed interface CertificateSource {
  /**
   * PEM files, followed for changes.
   *
   * @param certificate the server's certificate, then those that lead to its authority
   * @param key its private key, not encrypted
   */
  record Files(Path certificate, Path key) implements CertificateSource {}

  /**
   * One that signs itself, made at start and kept in memory.
   *
   * @param host a further name or address that it is good for, beside those of this machine
   */
  record SelfSigned(String host) implements CertificateSource {}

  /**
   * Those that replicas make for themselves, keep in the cluster and renew in turn.
   *
   * @param store where they are kept
   * @param serverName the name that the API server calls, {@code service.namespace.svc}
   * @param lifetime how long one is good for
   * @param renewBefore how much of that is left when it is renewed: more than it takes until its
   *     successor is shown, which is a minute or, if that is less, a twelfth of the lifetime
   */
  record Managed(CertificateStore store, String serverName, Duration lifetime, Duration renewBefore)
      implements CertificateSource {}
}

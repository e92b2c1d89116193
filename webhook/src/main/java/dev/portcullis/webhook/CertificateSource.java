package dev.portcullis.webhook;

import java.nio.file.Path;

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
}

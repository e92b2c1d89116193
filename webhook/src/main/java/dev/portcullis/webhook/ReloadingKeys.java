package dev.portcullis.webhook;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Hands TLS whichever certificate is in force when a handshake begins.
 *
 * <p>A handshake asks for an alias first, then for the key and the chain of that alias. So aliases
 * are never used twice, and the certificate before the last change stays at hand for those that are
 * under way.
 */
final class ReloadingKeys extends X509ExtendedKeyManager {
  /** A certificate and its alias. */
  private record Entry(String alias, ServingCertificate certificate) {}

  private record Held(@Nullable Entry current, @Nullable Entry previous) {}

  private volatile Held held = new Held(null, null);
  private int changes;

  /** {@return the certificate in force, null before there is any} */
  @Nullable ServingCertificate current() {
    Entry current = held.current;
    return current == null ? null : current.certificate;
  }

  synchronized void replace(ServingCertificate next) {
    held = new Held(new Entry("server-" + changes, next), held.current);
    changes++;
  }

  private @Nullable ServingCertificate find(String alias) {
    Held now = held;
    Entry current = now.current;
    if (current != null && current.alias.equals(alias)) {
      return current.certificate;
    }
    Entry previous = now.previous;
    return previous != null && previous.alias.equals(alias) ? previous.certificate : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    return choose(keyType);
  }

  private @Nullable String choose(String keyType) {
    Entry current = held.current;
    return current != null && current.certificate.suits(keyType) ? current.alias : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ServingCertificate certificate = find(alias);
    return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ServingCertificate certificate = find(alias);
    return certificate == null ? null : certificate.key();
  }
}

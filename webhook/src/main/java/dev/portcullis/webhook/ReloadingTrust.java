package dev.portcullis.webhook;

import dev.portcullis.cluster.FileTrace;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts clients whose certificate was signed by an authority that is in force when they connect.
 */
final class ReloadingTrust extends X509ExtendedTrustManager {
  private final boolean named;
  private final ClientNames names;
  private volatile X509ExtendedTrustManager current;

  private ReloadingTrust(X509ExtendedTrustManager current, boolean named, ClientNames names) {
    this.current = current;
    this.named = named;
    this.names = names;
  }

  /**
   * {@return trust in clients of these names whose certificate is from one of these authorities};
   * {@code named} to tell clients of the authorities
   */
  static ReloadingTrust of(List<X509Certificate> authorities, boolean named, ClientNames names)
      throws StartException {
    return new ReloadingTrust(trusting(authorities), named, names);
  }

  void replace(List<X509Certificate> authorities) throws StartException {
    current = trusting(authorities);
  }

  /** {@return the authorities in {@code file}, which becomes part of {@code trace}} */
  static List<X509Certificate> read(Path file, FileTrace trace) throws StartException {
    try {
      List<X509Certificate> authorities =
          Pem.certificates(new String(trace.read(file), StandardCharsets.ISO_8859_1));
      if (authorities.isEmpty()) {
        throw new StartException(file + " holds no certificate in PEM");
      }
      return authorities;
    } catch (NoSuchFileException e) {
      throw new StartException("open " + e.getFile() + ": no such file or directory", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException("cannot use the authorities in " + file + ": " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager trusting(List<X509Certificate> authorities)
      throws StartException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager trust) {
          return trust;
        }
      }
      throw new GeneralSecurityException("this JDK has no X.509 trust manager");
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException("cannot use the authorities of clients: " + e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    current.checkClientTrusted(chain, type, socket);
    names.check(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    current.checkClientTrusted(chain, type, engine);
    names.check(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    current.checkClientTrusted(chain, type);
    names.check(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("only clients are checked here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("only clients are checked here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("only clients are checked here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return named ? current.getAcceptedIssuers() : new X509Certificate[0];
  }
}

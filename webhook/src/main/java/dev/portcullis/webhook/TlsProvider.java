package dev.portcullis.webhook;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Who computes TLS. Both speak the same versions and show the same certificates. */
public enum TlsProvider {
  /** The library of Chromium, as native code for the usual platforms. */
  BORINGSSL {
    @Override
    SSLEngineOptions engine() {
      // No sessions are kept: whoever comes back shows its certificate again, as an authority may
      // have gone meanwhile.
      return new OpenSSLEngineOptions().setSessionCacheEnabled(false);
    }

    @Override
    KeyCertOptions keys(ReloadingKeys keys) {
      // Without it, key and chain are written and read as PEM in every handshake. It remembers by
      // alias, and ours never come back.
      return KeyCertOptions.wrap(new OpenSslCachingX509KeyManagerFactory(factory(keys)));
    }

    @Override
    boolean has(String suite) {
      return OpenSsl.isCipherSuiteAvailable(suite);
    }

    @Override
    boolean namesAuthorities() {
      // It would go on to name those of the start after they changed.
      return false;
    }
  },

  /** The JDK's own: slower by far in handshakes, and everywhere. */
  JDK {
    @Override
    SSLEngineOptions engine() {
      return new JdkSSLEngineOptions();
    }

    @Override
    KeyCertOptions keys(ReloadingKeys keys) {
      return KeyCertOptions.wrap(keys);
    }

    @Override
    boolean has(String suite) {
      try {
        return List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
            .contains(suite);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this JDK has no TLS", e);
      }
    }

    @Override
    boolean namesAuthorities() {
      return true;
    }
  };

  /** {@return BoringSSL where it runs, else the JDK} */
  public static TlsProvider best() {
    return whyNoBoringSsl() == null ? BORINGSSL : JDK;
  }

  /** {@return why BoringSSL cannot be used on this machine, null when it can} */
  public static @Nullable String whyNoBoringSsl() {
    Throwable cause = OpenSsl.unavailabilityCause();
    if (cause == null) {
      return null;
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  abstract SSLEngineOptions engine();

  abstract KeyCertOptions keys(ReloadingKeys keys);

  /** {@return whether it speaks the suite that IANA names so} */
  abstract boolean has(String suite);

  /** Refuses suites that it does not speak. */
  void check(TlsSuites suites) throws StartException {
    for (String suite : suites.suites()) {
      if (!has(suite)) {
        throw new StartException(
            "--tls-cipher-suites: "
                + suite
                + " cannot be spoken with --tls-provider "
                + name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** {@return whether clients are told whose certificates are trusted} */
  abstract boolean namesAuthorities();

  private static KeyManagerFactory factory(ReloadingKeys keys) {
    try {
      return KeyCertOptions.wrap(keys).getKeyManagerFactory(null);
    } catch (Exception e) {
      throw new IllegalStateException("a key manager that needs nothing was not made", e);
    }
  }
}

package dev.portcullis.webhook;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Counts TLS handshakes that failed, and logs those that say something about certificates: the
 * first at once, then one line a minute at most, however many there are.
 */
final class HandshakeFailures {
  private static final System.Logger LOG = System.getLogger(HandshakeFailures.class.getName());
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MAX_CAUSES = 10;
  private static final int MAX_MESSAGE = 200;

  private final Consumer<Reason> count;
  private final LongSupplier clock;
  private long suppressed;
  private long loggedAt;
  private boolean logged;

  /** Why a handshake failed, as far as this side can know. */
  enum Reason {
    /** The client refused our certificate: it trusts another authority, or it has expired. */
    CERTIFICATE_REFUSED,
    /** The client showed no certificate, or none that is trusted here. */
    CLIENT_CERTIFICATE,
    /** No common version or cipher, or no TLS at all. */
    PROTOCOL,
    /** It took too long. */
    TIMEOUT,
    /** The client went away: load balancers that look whether a port is open do. */
    CLOSED,
    /** Anything else. */
    OTHER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  HandshakeFailures(Consumer<Reason> count, LongSupplier clock) {
    this.count = count;
    this.clock = clock;
  }

  void add(Throwable failure) {
    Reason reason = reason(failure);
    count.accept(reason);
    if (reason != Reason.CERTIFICATE_REFUSED && reason != Reason.CLIENT_CERTIFICATE) {
      return;
    }
    long others;
    synchronized (this) {
      long now = clock.getAsLong();
      if (logged && now - loggedAt < QUIET.toNanos()) {
        suppressed++;
        return;
      }
      logged = true;
      loggedAt = now;
      others = suppressed;
      suppressed = 0;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "a TLS handshake failed: {0} ({1}); {2} more since the last such line",
        reason == Reason.CERTIFICATE_REFUSED
            ? "the client does not trust the certificate that is shown; compare it with the"
                + " caBundle of the webhook configurations"
            : "the client's certificate is missing or not trusted; compare it with"
                + " --client-ca-file",
        message(failure),
        Long.toString(others));
  }

  static Reason reason(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      Reason reason = known(cause);
      if (reason != null) {
        return reason;
      }
      cause = cause.getCause();
    }
    return failure instanceof SSLHandshakeException ? Reason.PROTOCOL : Reason.OTHER;
  }

  private static @Nullable Reason known(Throwable cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    // What a client sends is an alert (RFC 8446, section 6.2); what fails here is an exception.
    boolean alert = text.contains("alert");
    if (alert && (text.contains("certificate") || text.contains("unknown_ca"))) {
      return Reason.CERTIFICATE_REFUSED;
    }
    if (cause instanceof java.security.cert.CertificateException
        || cause instanceof java.security.cert.CertPathValidatorException
        || text.contains("peer_did_not_return_a_certificate")
        || text.contains("empty client certificate chain")
        || text.contains("certificate_verify_failed")) {
      return Reason.CLIENT_CERTIFICATE;
    }
    if (cause instanceof TimeoutException || text.contains("timed out")) {
      return Reason.TIMEOUT;
    }
    if (cause instanceof java.nio.channels.ClosedChannelException
        || text.contains("connection reset")
        || text.contains("connection was closed")
        || text.contains("broken pipe")) {
      return Reason.CLOSED;
    }
    return text.contains("not an ssl/tls record")
            || text.contains("version")
            || text.contains("cipher")
            || text.contains("http_request")
        ? Reason.PROTOCOL
        : null;
  }

  private static String message(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
  }
}

package dev.portcullis.webhook;

import dev.portcullis.cluster.WebhookConfiguration;
import dev.portcullis.cluster.WebhookRegistry;
import dev.portcullis.cluster.WebhookRegistry.Probe;
import dev.portcullis.cluster.WebhookRegistry.Registered;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers this installation with the API server: the authorities that it must trust, and, once it
 * gets through, the rules. Each webhook configuration by itself; one that is missing when it
 * returns. Not thread-safe.
 */
final class Registrar {
  private static final System.Logger LOG = System.getLogger(Registrar.class.getName());
  private static final Duration PROBE_PERIOD = Duration.ofMinutes(1);
  private static final String PROBE = "the probe";

  private final WebhookRegistry registry;
  private final CertificateMetrics metrics;
  private final ChangingProblem problems = new ChangingProblem(System::nanoTime);
  private boolean waits;
  private boolean probed;
  private long probedAt;

  Registrar(WebhookRegistry registry, CertificateMetrics metrics) {
    this.registry = registry;
    this.metrics = metrics;
  }

  /**
   * What a look is about.
   *
   * @param authorities that must be trusted; empty to leave the caBundle to others
   * @param shown the certificate in force, null before there is any
   * @param writes whether it is our turn to write
   * @param ready whether reviews are answered
   */
  record Wanted(
      List<X509Certificate> authorities,
      @Nullable ServingCertificate shown,
      boolean writes,
      boolean ready) {}

  /** {@return whether anything was left without rules by the last look} */
  boolean waits() {
    return waits;
  }

  /** Looks at every webhook configuration, and writes what is missing. Throws nothing. */
  void look(Wanted wanted, Instant now) {
    var waiting = new ArrayList<Registered>();
    String probe = registry.names().probe();
    boolean canProbe = false;
    for (Registered which : registry.names().all()) {
      WebhookConfiguration is = authorities(which, wanted, now);
      if (is == null) {
        continue;
      }
      canProbe |= which.name().equals(probe);
      if (!is.hasWantedRules()) {
        waiting.add(which);
      }
    }
    waits = wanted.writes() && !waiting.isEmpty();
    if (!wanted.writes() || !wanted.ready()) {
      return;
    }
    boolean due = !probed || System.nanoTime() - probedAt > PROBE_PERIOD.toNanos();
    String why = canProbe && (due || !waiting.isEmpty()) ? probe() : null;
    for (Registered which : waiting) {
      if (why == null) {
        rules(which);
      } else if (problems.isNews(which + " rules", why)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is without effect until the API server gets through: {1}",
            which,
            why);
      }
    }
  }

  /** {@return what the object says once its authorities are right, null when it cannot be used} */
  private @Nullable WebhookConfiguration authorities(Registered which, Wanted wanted, Instant now) {
    String name = which.name();
    try {
      WebhookConfiguration is = registry.read(which);
      if (is == null) {
        metrics.registered(name, false);
        metrics.trusted(name, null);
        if (problems.isNews(name, "missing")) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0} is not there, so nothing is asked by it; it is registered when it returns",
              which);
        }
        return null;
      }
      if (wanted.writes() && !wanted.authorities().isEmpty()) {
        is = trust(which, is, wanted.authorities(), now);
      }
      metrics.registered(name, is.hasEffect());
      Boolean trusts = trusts(is, wanted.shown());
      metrics.trusted(name, trusts);
      boolean trusted = !Boolean.FALSE.equals(trusts);
      if (!trusted && problems.isNews(name, "untrusted")) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the caBundle of {0} does not trust the certificate that is shown: the API server"
                + " refuses every call",
            which);
      } else if (trusted && problems.solved(name)) {
        LOG.log(System.Logger.Level.INFO, "{0} is as it should be again", which);
      }
      return is;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      String problem = String.valueOf(e.getMessage());
      if (problems.isNews(name, problem)) {
        LOG.log(System.Logger.Level.ERROR, "{0} cannot be registered: {1}", which, problem);
      }
      return null;
    }
  }

  private WebhookConfiguration trust(
      Registered which, WebhookConfiguration is, List<X509Certificate> authorities, Instant now)
      throws IOException, GeneralSecurityException {
    var bundles = new ArrayList<String>();
    String changed = is.authoritiesChanged();
    boolean others = false;
    for (String registered : is.bundles()) {
      var bundle = CaBundle.of(registered, authorities, changed, now);
      bundles.add(bundle.pem());
      others |= bundle.holdsOthers();
      changed = bundle.changed();
    }
    WebhookConfiguration then = registry.write(which, is, bundles, others ? changed : "", false);
    // Somebody else has written: the next look sees what.
    return then == null ? is : then;
  }

  /** {@return whether what is shown is trusted, null when nobody asks yet} */
  private static @Nullable Boolean trusts(
      WebhookConfiguration is, @Nullable ServingCertificate shown) {
    List<String> bundles = is.bundles();
    if (shown == null || (!is.hasEffect() && bundles.stream().anyMatch(String::isEmpty))) {
      return null;
    }
    for (String bundle : bundles) {
      if (!shown.isSignedByAny(CaBundle.readable(bundle))) {
        return false;
      }
    }
    return true;
  }

  private void rules(Registered which) {
    try {
      WebhookConfiguration is = registry.read(which);
      if (is == null) {
        return;
      }
      if (is.bundles().stream().anyMatch(String::isEmpty)) {
        if (problems.isNews(which + " rules", "no caBundle")) {
          LOG.log(
              System.Logger.Level.WARNING, "{0} is without effect until it has a caBundle", which);
        }
        return;
      }
      WebhookConfiguration then = registry.write(which, is, null, "", true);
      if (then != null && then.hasWantedRules()) {
        metrics.registered(which.name(), then.hasEffect());
        problems.solved(which + " rules");
        LOG.log(System.Logger.Level.INFO, "{0} has its rules and takes effect", which);
      }
    } catch (IOException e) {
      if (problems.isNews(which + " rules", String.valueOf(e.getMessage()))) {
        LOG.log(
            System.Logger.Level.ERROR, "{0} cannot be given its rules: {1}", which, e.getMessage());
      }
    }
  }

  /** {@return why the API server does not get through, null when it does} */
  private @Nullable String probe() {
    Probe came = registry.probe();
    probed = true;
    probedAt = System.nanoTime();
    return switch (came) {
      case Probe.Reached() -> {
        metrics.probed(true);
        if (problems.solved(PROBE)) {
          LOG.log(System.Logger.Level.INFO, "the API server gets through again");
        }
        yield null;
      }
      case Probe.NotReached(String why) -> {
        metrics.probed(false);
        if (problems.isNews(PROBE, why)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "the API server does not get through to this webhook: {0}",
              why);
        }
        yield why;
      }
      case Probe.NotAllowed(String why) -> {
        if (problems.isNews(PROBE, why)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "whether the API server gets through cannot be tried: {0}",
              why);
        }
        yield null;
      }
    };
  }
}

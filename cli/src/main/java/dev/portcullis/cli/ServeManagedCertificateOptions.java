package dev.portcullis.cli;

import dev.portcullis.cluster.CertificateStore;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.LiveCluster;
import dev.portcullis.webhook.CertificateSource;
import dev.portcullis.webhook.Registration;
import dev.portcullis.webhook.StartException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which objects of the cluster keep the certificate that replicas make for themselves. */
final class ServeManagedCertificateOptions {
  /** The next certificate is trusted for up to a minute before it is shown. */
  private static final Duration LEAST_RENEW_BEFORE = Duration.ofMinutes(2);

  @Option(
      names = "--certificate-secret",
      paramLabel = "NAME",
      description = "Keep the certificate in this Secret of the pod's own namespace, and renew it.")
  private @Nullable String secret;

  @Option(
      names = "--certificate-lease",
      paramLabel = "NAME",
      description = "The Lease that says whose turn it is (default: as --certificate-secret).")
  private @Nullable String lease;

  @Option(
      names = "--certificate-service",
      paramLabel = "NAME",
      description = "The Service by which the API server calls.")
  private String service = "portcullis";

  @Option(
      names = "--certificate-namespace",
      paramLabel = "NAME",
      description = "Where Secret, Lease and Service are (default: $POD_NAMESPACE).")
  private @Nullable String namespace;

  @Option(
      names = "--certificate-lifetime",
      paramLabel = "TIME",
      converter = Time.class,
      description = "How long a certificate is good for (default: 2160h).")
  private Duration lifetime = Duration.ofDays(90);

  @Option(
      names = "--certificate-renew-before",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Renew it when so much of that is left (default: a third).")
  private @Nullable Duration renewBefore;

  // A group may not have mixins.
  @ArgGroup(validate = false, heading = "%nHow the API server comes to call it:%n")
  private ServeRegistrationOptions registration = new ServeRegistrationOptions();

  /** {@return whether replicas make their certificate} */
  boolean wanted() {
    return secret != null;
  }

  /** {@return the certificate that the Secret in this cluster keeps} */
  CertificateSource source(Cluster cluster) throws StartException {
    String name = secret;
    if (name == null) {
      throw new IllegalStateException("--certificate-secret was not given");
    }
    if (!(cluster instanceof LiveCluster live)) {
      throw new StartException("--certificate-secret needs a cluster, not --cluster PATH");
    }
    String home = home("--certificate-secret");
    if (lifetime.compareTo(Duration.ofSeconds(30)) < 0) {
      throw new StartException("--certificate-lifetime must be at least 30s");
    }
    Duration early = renewBefore != null ? renewBefore : lifetime.dividedBy(3);
    Duration sixth = lifetime.dividedBy(6);
    Duration least = sixth.compareTo(LEAST_RENEW_BEFORE) < 0 ? sixth : LEAST_RENEW_BEFORE;
    if (early.compareTo(least) < 0 || early.compareTo(lifetime) >= 0) {
      throw new StartException(
          "--certificate-renew-before must be shorter than --certificate-lifetime, and at least"
              + " 2m or a sixth of it");
    }
    String pod = System.getenv("POD_NAME");
    var names =
        new CertificateStore.Names(
            home, name, lease(), (pod == null ? "portcullis" : pod) + "-" + UUID.randomUUID());
    return new CertificateSource.Managed(
        live.certificates(names), service + "." + home + ".svc", lifetime, early);
  }

  /** {@return the webhook configurations that are written, null for none} */
  @Nullable Registration registration(Cluster cluster) throws StartException {
    String option = registration.given();
    if (option == null) {
      return null;
    }
    if (!(cluster instanceof LiveCluster live)) {
      throw new StartException(option + " needs a cluster, not --cluster PATH");
    }
    return registration.of(live, home(option), lease());
  }

  private String lease() {
    return lease != null ? lease : secret != null ? secret : service;
  }

  private String home(String option) throws StartException {
    String home = namespace != null ? namespace : System.getenv("POD_NAMESPACE");
    if (home == null || home.isEmpty()) {
      throw new StartException(option + " needs --certificate-namespace");
    }
    return home;
  }
}

package dev.portcullis.cli;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.webhook.CertificateSource;
import dev.portcullis.webhook.Registration;
import dev.portcullis.webhook.StartException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the certificate of {@code portcullis serve} comes from. */
final class ServeCertificateOptions {
  @Option(
      names = "--tls-cert-file",
      paramLabel = "FILE",
      description = "The certificate in PEM, followed for changes.")
  private @Nullable Path certificate;

  @Option(names = "--tls-private-key-file", paramLabel = "FILE", description = "Its key in PEM.")
  private @Nullable Path key;

  @Option(
      names = "--self-signed",
      description = "Make a certificate at start and print its caBundle: for a laptop.")
  private boolean selfSigned;

  @ArgGroup(validate = false, heading = "%nCertificates that replicas make for themselves:%n")
  private ServeManagedCertificateOptions managed = new ServeManagedCertificateOptions();

  /**
   * {@return the certificate's source}
   *
   * @param host where it listens, the name in a certificate that it makes itself
   * @param folder whether a folder stands for the cluster
   */
  CertificateSource source(String host, boolean folder, Cluster cluster) throws StartException {
    if (managed.wanted()) {
      if (certificate != null || key != null || selfSigned) {
        throw new StartException("--certificate-secret excludes --tls-cert-file and --self-signed");
      }
      return managed.source(cluster);
    }
    if (certificate != null && key != null && !selfSigned) {
      return new CertificateSource.Files(certificate, key);
    }
    if (certificate != null || key != null) {
      throw new StartException(
          selfSigned
              ? "--self-signed and --tls-cert-file exclude each other"
              : "--tls-cert-file and --tls-private-key-file need each other");
    }
    if (selfSigned || folder) {
      return new CertificateSource.SelfSigned(host);
    }
    throw new StartException(
        "no certificate: give --tls-cert-file FILE and --tls-private-key-file FILE, or"
            + " --self-signed, or --certificate-secret NAME in a cluster");
  }

  /** {@return the webhook configurations that are written, null for none} */
  @Nullable Registration registration(Cluster cluster) throws StartException {
    return managed.registration(cluster);
  }
}

package dev.portcullis.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis probe}: whether a webhook can be reached by its Service and certificate. */
@Command(
    name = "probe",
    description = "Asks a running webhook over TLS whether it is ready; the chart's test does so.",
    footer = {
      "",
      "Exit code: 0 it is ready, 1 it is not, or cannot be reached, 2 the command line is wrong."
    },
    sortOptions = false)
final class ProbeCommand implements Callable<Integer> {
  private static final int CALL_MILLIS = 5_000;
  private static final int MAX_AUTHORITY_BYTES = 1 << 20;
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      required = true,
      description = "Where it answers: https://portcullis.portcullis.svc/readyz, for example.")
  private URI url = URI.create("https://localhost/");

  @Option(
      names = "--ca-file",
      required = true,
      paramLabel = "FILE",
      description = "The authorities, in PEM, one of which must have signed its certificate.")
  private Path authorities = Path.of("ca.crt");

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "How long to ask again until it is ready (default: 30s).")
  private Duration timeout = Duration.ofSeconds(30);

  @Override
  public Integer call() {
    if (!"https".equals(url.getScheme()) || url.getHost() == null) {
      throw new InputException("--url: an https address is needed, not " + url);
    }
    SSLSocketFactory sockets = trusting();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      String problem = problem(sockets);
      if (problem == null) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(url + " is ready, and its certificate is trusted");
        return ExitCode.CLEAN;
      }
      if (System.nanoTime() - deadline >= 0) {
        spec.commandLine().getErr().println("portcullis probe: " + url + ": " + problem);
        return ExitCode.VIOLATIONS;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** {@return what is wrong, null when it answered that it is ready} */
  private @Nullable String problem(SSLSocketFactory sockets) {
    try {
      URL address = url.toURL();
      var connection = (HttpsURLConnection) address.openConnection();
      try {
        connection.setSSLSocketFactory(sockets);
        connection.setConnectTimeout(CALL_MILLIS);
        connection.setReadTimeout(CALL_MILLIS);
        connection.setInstanceFollowRedirects(false);
        int code = connection.getResponseCode();
        return code == HttpURLConnection.HTTP_OK ? null : "answers with HTTP " + code;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private SSLSocketFactory trusting() {
    try (InputStream file = Files.newInputStream(authorities)) {
      byte[] pem = file.readNBytes(MAX_AUTHORITY_BYTES);
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int number = 0;
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        trusted.setCertificateEntry("authority-" + number++, one);
      }
      if (number == 0) {
        throw new InputException("--ca-file: no certificate in " + authorities);
      }
      var managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException e) {
      throw new InputException("--ca-file: cannot read " + authorities);
    } catch (GeneralSecurityException e) {
      throw new InputException("--ca-file: no certificates in PEM in " + authorities);
    }
  }
}

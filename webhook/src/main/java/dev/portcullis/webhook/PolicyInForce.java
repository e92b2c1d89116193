package dev.portcullis.webhook;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.config.ConfigurationException;
import dev.portcullis.admission.config.ConfigurationLoader;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.cluster.FilePoller;
import dev.portcullis.cluster.FileTrace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the moment and the admission made of it; a new one replaces both at once.
 */
final class PolicyInForce {
  private static final System.Logger LOG = System.getLogger(PolicyInForce.class.getName());

  private final @Nullable Path file;
  private final Function<PodSecurityConfiguration, Admission> make;
  private final ServerMetrics metrics;
  private final FileTrace first;
  private volatile Current current;

  /** What is in force, and since when. */
  record Current(PodSecurityConfiguration configuration, Admission admission, Instant since) {}

  private PolicyInForce(
      @Nullable Path file,
      Function<PodSecurityConfiguration, Admission> make,
      ServerMetrics metrics,
      FileTrace first,
      Current current) {
    this.file = file;
    this.make = make;
    this.metrics = metrics;
    this.first = first;
    this.current = current;
  }

  /** {@return the policy in this file, that of no file at all when it is null} */
  static PolicyInForce of(
      @Nullable Path file,
      Function<PodSecurityConfiguration, Admission> make,
      ServerMetrics metrics)
      throws StartException {
    var trace = new FileTrace();
    PodSecurityConfiguration configuration = load(file, trace);
    metrics.loaded(ServerMetrics.Followed.CONFIG);
    var current = new Current(configuration, make.apply(configuration), Instant.now());
    return new PolicyInForce(file, make, metrics, trace, current);
  }

  Current current() {
    return current;
  }

  /** {@return the file it comes from, null for none} */
  @Nullable Path file() {
    return file;
  }

  /** Reads the file, and those that it names, again when one of them changes. */
  void follow(FilePoller poller) {
    if (file != null) {
      poller.follow(first, this::reload);
    }
  }

  /** What the file says takes force if it is valid, else what was in force stays. */
  private FileTrace reload() {
    var trace = new FileTrace();
    try {
      PodSecurityConfiguration configuration = load(file, trace);
      current = new Current(configuration, make.apply(configuration), Instant.now());
      metrics.reloaded(ServerMetrics.Followed.CONFIG, true);
      LOG.log(System.Logger.Level.INFO, "the configuration {0} changed and is in force", file);
    } catch (StartException e) {
      metrics.reloaded(ServerMetrics.Followed.CONFIG, false);
      LOG.log(
          System.Logger.Level.ERROR,
          "the configuration {0} changed and cannot be used: {1}; the one before stays in force",
          file,
          e.message());
    }
    return trace;
  }

  private static PodSecurityConfiguration load(@Nullable Path file, FileTrace trace)
      throws StartException {
    if (file == null) {
      return PodSecurityConfiguration.ALLOW_ALL;
    }
    try {
      return ConfigurationLoader.load(
          trace.read(file), path -> read(file.resolveSibling(path), trace));
    } catch (ConfigurationException e) {
      throw new StartException(e.webhookMessage(), e);
    } catch (NoSuchFileException e) {
      throw new StartException("open " + file + ": no such file or directory", e);
    } catch (IOException e) {
      throw new StartException("open " + file + ": " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path path, FileTrace trace) throws IOException {
    try {
      return trace.read(path);
    } catch (NoSuchFileException e) {
      throw new IOException("open " + path + ": no such file or directory", e);
    }
  }
}

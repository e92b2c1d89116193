package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A cluster in which Portcullis is installed and lives as at an operator's, while a stream of
 * requests goes on; what each phase cost is a figure in {@code docs/operations.md}.
 */
final class Life implements AutoCloseable {
  /** Where the stream's pods are. */
  static final String STREAM = "stream";

  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final StandInNode node;
  private final LifeStream stream;
  private final Helm helm;
  private final List<String> figures = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** What happens in a phase. */
  interface Event {
    void happen() throws Exception;
  }

  private Life(String suite, Map<String, String> streamLabels, Map<String, String> environment) {
    this.cluster = Cluster.controlled(suite);
    this.node = cluster.add(StandInNode.start(cluster.server(), cluster.folder(), environment));
    this.helm = new Helm(cluster.folder().resolve("kubeconfig"));
    cluster.makeNamespace(STREAM, streamLabels);
    this.stream = cluster.add(LifeStream.start(cluster.admin(), STREAM));
  }

  /** Starts a cluster without Portcullis, and the stream. */
  static Life start(String suite, Map<String, String> streamLabels) {
    return new Life(suite, streamLabels, Map.of());
  }

  /** The same; replicas have these environment variables too. */
  static Life startWith(String suite, Map<String, String> environment) {
    return new Life(suite, Map.of(), environment);
  }

  Cluster cluster() {
    return cluster;
  }

  StandInNode node() {
    return node;
  }

  LifeStream stream() {
    return stream;
  }

  Helm helm() {
    return helm;
  }

  /**
   * Lets something happen and waits until all is well again. Faults are kept for {@link
   * #assertFaultless}, so that the next phase is seen too.
   *
   * @param mayFail how many requests may be refused in vain
   */
  void phase(String what, int mayFail, Event event) {
    stream.cut();
    long began = System.nanoTime();
    try {
      event.happen();
      stream.awaitClean(18, RECOVERY);
    } catch (Exception | AssertionError e) {
      faults.add(what + ": " + e);
    }
    LifeStream.Tally tally = stream.cut();
    figures.add(
        "%s (%d s): %s"
            .formatted(what, Duration.ofNanos(System.nanoTime() - began).toSeconds(), tally));
    System.out.println(cluster.folder().getFileName() + ": " + figures.getLast());
    try {
      Files.writeString(cluster.folder().resolve("figures.txt"), String.join("\n", figures) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (tally.violatingStored > 0 || tally.wronglyDenied > 0 || tally.failures() > mayFail) {
      faults.add(what + ": " + tally);
    }
  }

  /** Keeps a fault that is no failed request. */
  void fault(String what) {
    faults.add(what);
  }

  /** Fails with everything that was wrong in any phase. */
  void assertFaultless() {
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("\n", faults));
    }
  }

  /** Returns when all replicas are of the newest template and ready. */
  void awaitRolledOut() {
    new Workload(cluster.admin(), Registration.NAMESPACE, Registration.RELEASE).awaitRolledOut();
  }

  /** {@return an object of the release} */
  JsonNode object(String path) {
    return cluster.admin().get(path).expectSuccess().body();
  }

  @Override
  public void close() {
    cluster.close();
  }
}

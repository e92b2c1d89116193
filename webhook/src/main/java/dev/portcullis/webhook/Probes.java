package dev.portcullis.webhook;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The probes: the reference's on the HTTPS port, with its names and texts, and more of our own on
 * the operator's.
 */
final class Probes {
  private final Stage stage;
  private final Health healthz;
  private final Health readyz;
  private final Health readyzWhileStopping;
  private final Health operatorReadyz;
  private final Health livez;

  /** How far a server is in its life. */
  static final class Stage {
    private volatile boolean listening;
    private volatile boolean stopping;

    void listening() {
      listening = true;
    }

    void stopping() {
      stopping = true;
    }

    boolean isListening() {
      return listening;
    }

    boolean isStopping() {
      return stopping;
    }
  }

  /**
   * Of these parts.
   *
   * @param alive whether namespaces are followed, or will be again without a restart
   * @param known whether all namespaces have been read
   * @param shown the certificate in force, null before there is any
   */
  Probes(
      BooleanSupplier alive,
      BooleanSupplier known,
      Supplier<@Nullable ServingCertificate> shown,
      Stage stage) {
    this.stage = stage;
    var ping = new Health.Check("ping", () -> true, "");
    var synced =
        new Health.Check("informer-sync", known, "1 informers not started yet: [namespaces]");
    var started = new Health.Check("start", () -> stage.listening, "not listening for reviews yet");
    var shutdown = new Health.Check("shutdown", () -> !stage.stopping, "process is shutting down");
    var certificate =
        new Health.Check(
            "certificate",
            () -> isValid(shown.get()),
            "there is no certificate yet, or it has expired, or is not valid yet");
    var following = new Health.Check("informer", alive, "namespaces are not followed any more");
    this.healthz = new Health("healthz", List.of(ping));
    this.livez = new Health("livez", List.of(ping, following));
    this.readyz = new Health("readyz", List.of(synced));
    this.readyzWhileStopping = new Health("readyz", List.of(synced, shutdown));
    this.operatorReadyz =
        new Health("readyz", List.of(ping, synced, started, certificate, shutdown));
  }

  private static boolean isValid(@Nullable ServingCertificate shown) {
    Instant now = Instant.now();
    return shown != null && now.isBefore(shown.expiry()) && now.isAfter(shown.start());
  }

  /** {@return the answer as the reference gives it, or null where that would see a review} */
  Health.@Nullable Answer onReviewPort(String path, @Nullable String query) {
    return answer(path, query, List.of(healthz, stage.stopping ? readyzWhileStopping : readyz));
  }

  /** {@return the answer, or null when the path is no probe's} */
  Health.@Nullable Answer onOperatorPort(String path, @Nullable String query) {
    return answer(path, query, List.of(healthz, operatorReadyz, livez));
  }

  private static Health.@Nullable Answer answer(
      String path, @Nullable String query, List<Health> probes) {
    for (Health probe : probes) {
      if (path.startsWith(probe.name(), 1)) {
        int end = probe.name().length() + 1;
        if (path.length() == end) {
          return probe.answer(query);
        }
        if (path.charAt(end) == '/') {
          return probe.answerOf(path.substring(end + 1));
        }
      }
    }
    return null;
  }
}

package dev.portcullis.webhook;

import dev.portcullis.policy.UntrustedText;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * Our own metrics, all named {@code portcullis_}; docs/serving.md tells what each is for. What is
 * counted with every request goes without exemplars, which would ask for a trace that nobody makes.
 */
final class ServerMetrics {
  /** Namespaces come and go: past this many combinations the rest counts as one. */
  static final int MOST_DENIAL_SERIES = 5_000;

  /** What stands for a namespace where its name is not to be told. */
  private static final String HIDDEN = "(hidden)";

  private final boolean namespaces;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Map<Denial, CounterDataPoint> denialSeries = new ConcurrentHashMap<>();

  /** Namespaces with series that were gone when the metrics were last asked for. */
  private Set<String> gone = Set.of();

  private final Histogram seconds =
      Histogram.builder()
          .name("portcullis_request_duration_seconds")
          .help("Time from a review's last byte to its answer.")
          .withoutExemplars()
          .classicOnly()
          .classicUpperBounds(
              .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5,
              5, 10)
          .register(registry);
  private final Counter requests =
      Counter.builder()
          .name("portcullis_requests_total")
          .help("Requests for reviews that began, by the protocol that TLS agreed on.")
          .withoutExemplars()
          .labelNames("protocol")
          .register(registry);
  private final CounterDataPoint overHttp1 = requests.labelValues("http/1.1");
  private final CounterDataPoint overHttp2 = requests.labelValues("h2");
  private final Counter denials =
      Counter.builder()
          .name("portcullis_denials_total")
          .help("Checks that objected to a pod, by the mode in which they did.")
          .withoutExemplars()
          .labelNames("namespace", "check", "mode")
          .register(registry);
  private final Counter rejected =
      Counter.builder()
          .name("portcullis_rejected_requests_total")
          .help("Requests and connections that were not answered with a review, by what was wrong.")
          .labelNames("kind")
          .register(registry);
  private final Counter reloads =
      Counter.builder()
          .name("portcullis_reloads_total")
          .help("Files that changed and were read again.")
          .labelNames("file", "result")
          .register(registry);
  private final Gauge reloadSuccessful =
      Gauge.builder()
          .name("portcullis_last_reload_successful")
          .help("Whether the newest version of a file is in force: 1 yes, 0 no, the one before is.")
          .labelNames("file")
          .register(registry);

  /**
   * @param namespaces whether whoever asks for the metrics may know the names of namespaces
   */
  ServerMetrics(boolean namespaces) {
    this.namespaces = namespaces;
  }

  /** A combination of labels. */
  private record Denial(String namespace, String check, String mode) {}

  /** Files that are followed for changes. */
  enum Followed {
    CONFIG,
    CERTIFICATE,
    CLIENT_AUTHORITIES,
    CA_BUNDLE;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what to call it in a sentence} */
    String words() {
      return label().replace('_', ' ');
    }
  }

  /** {@return where they are all registered} */
  PrometheusRegistry registry() {
    return registry;
  }

  void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  void requested(boolean http2) {
    (http2 ? overHttp2 : overHttp1).inc();
  }

  void answered(long nanos) {
    seconds.observe(nanos / 1e9);
  }

  void denied(String name, String check, String mode) {
    String namespace = namespaces ? name : HIDDEN;
    var denial = new Denial(namespace, check, mode);
    CounterDataPoint known = denialSeries.get(denial);
    if (known != null) {
      known.inc();
    } else if (denialSeries.size() < MOST_DENIAL_SERIES) {
      denialSeries.computeIfAbsent(denial, is -> denials.labelValues(namespace, check, mode)).inc();
    } else {
      denials.labelValues(UntrustedText.OTHER, check, mode).inc();
    }
  }

  /**
   * Drops the series of namespaces that do not exist now and did not when this was last called: one
   * that was made a moment ago may not be known yet.
   */
  synchronized void dropDenialsOfMissing(Predicate<String> exists) {
    var missing = new HashSet<String>();
    for (Denial denial : denialSeries.keySet()) {
      if (!denial.namespace().equals(HIDDEN) && !exists.test(denial.namespace())) {
        missing.add(denial.namespace());
      }
    }
    for (Denial denial : List.copyOf(denialSeries.keySet())) {
      if (missing.contains(denial.namespace()) && gone.contains(denial.namespace())) {
        denialSeries.remove(denial);
        denials.remove(denial.namespace(), denial.check(), denial.mode());
      }
    }
    gone = missing;
  }

  void rejected(Rejection kind) {
    rejected.labelValues(kind.label()).inc();
  }

  /** Says that a file has been read at start. */
  void loaded(Followed file) {
    reloadSuccessful.labelValues(file.label()).set(1);
  }

  void reloaded(Followed file, boolean success) {
    reloads.labelValues(file.label(), success ? "success" : "failure").inc();
    reloadSuccessful.labelValues(file.label()).set(success ? 1 : 0);
  }

  /** {@return all of them in the text format 0.0.4} */
  String text() {
    var out = new ByteArrayOutputStream(8192);
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}

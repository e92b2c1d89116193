package dev.portcullis.webhook;

import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.json.JsonText;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Predicate;

/** What operators ask, on a port of its own: probes, metrics, the configuration in force. */
final class OperatorHandler implements Handler<HttpServerRequest> {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String UNTRUSTED =
      "the configuration names users and namespaces: it is told where --trusted-ports says that"
          + " only operators reach this port\n";
  private static final String PATHS = "/livez\n/readyz\n/healthz\n/metrics\n/config\n";

  private final Probes probes;
  private final PolicyInForce policy;
  private final ReferenceCounters counters;
  private final ServerMetrics metrics;
  private final Predicate<String> namespaces;
  private final boolean trusted;

  OperatorHandler(
      Probes probes,
      PolicyInForce policy,
      ReferenceCounters counters,
      ServerMetrics metrics,
      Predicate<String> namespaces,
      boolean trusted) {
    this.namespaces = namespaces;
    this.trusted = trusted;
    this.probes = probes;
    this.policy = policy;
    this.counters = counters;
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpServerRequest http) {
    try {
      answer(http);
    } catch (RuntimeException e) {
      System.getLogger(OperatorHandler.class.getName())
          .log(System.Logger.Level.ERROR, "an operator's request failed", e);
      ReviewHandler.send(http.response(), 500, Rejection.INTERNAL.text() + "\n");
    }
  }

  private void answer(HttpServerRequest http) {
    if (!http.method().equals(HttpMethod.GET) && !http.method().equals(HttpMethod.HEAD)) {
      http.response().putHeader("Allow", "GET, HEAD");
      ReviewHandler.send(http.response(), 405, "only GET and HEAD are answered here\n");
      return;
    }
    String path = http.path() == null ? "/" : http.path();
    Health.Answer probe = probes.onOperatorPort(path, http.query());
    if (probe != null) {
      ReviewHandler.send(http.response(), probe.status(), probe.text());
      return;
    }
    switch (path) {
      case "/metrics" -> {
        metrics.dropDenialsOfMissing(namespaces);
        send(http, METRICS_TYPE, counters.text() + metrics.text());
      }
      case "/config" -> {
        if (trusted) {
          send(http, "application/json", configuration());
        } else {
          ReviewHandler.send(http.response(), 403, UNTRUSTED);
        }
      }
      case "/" -> ReviewHandler.send(http.response(), 200, PATHS);
      default -> ReviewHandler.send(http.response(), 404, "not found; there are\n" + PATHS);
    }
  }

  private static void send(HttpServerRequest http, String type, String text) {
    http.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(ReviewHandler.NO_SNIFF, ReviewHandler.NO_SNIFF_VALUE)
        .end(text);
  }

  /**
   * {@return the configuration in force as a file could hold it, and beside it whence and since
   * when}
   */
  private String configuration() {
    PolicyInForce.Current current = policy.current();
    Policy defaults = current.configuration().defaults();
    Exemptions exemptions = current.configuration().exemptions();
    var out = new StringBuilder(512);
    Path file = policy.file();
    out.append("{\"file\":");
    if (file == null) {
      out.append("null");
    } else {
      quote(out, file.toString());
    }
    out.append(",\"since\":\"").append(current.since()).append("\",\"configuration\":{");
    out.append(
        "\"apiVersion\":\"pod-security.admission.config.k8s.io/v1\",\"kind\":\"PodSecurityConfiguration\"");
    out.append(",\"defaults\":{");
    for (Mode mode : Mode.values()) {
      out.append(mode == Mode.ENFORCE ? "" : ",");
      out.append('"').append(mode).append("\":\"").append(defaults.at(mode).level());
      out.append("\",\"")
          .append(mode)
          .append("-version\":\"")
          .append(defaults.at(mode).version())
          .append('"');
    }
    out.append("},\"exemptions\":{");
    list(out, "usernames", exemptions.usernames());
    list(out.append(','), "namespaces", exemptions.namespaces());
    list(out.append(','), "runtimeClasses", exemptions.runtimeClasses());
    return out.append("}}}\n").toString();
  }

  private static void list(StringBuilder out, String name, Collection<String> values) {
    out.append('"').append(name).append("\":[");
    String comma = "";
    for (String value : values.stream().sorted().toList()) {
      out.append(comma);
      quote(out, value);
      comma = ",";
    }
    out.append(']');
  }

  private static void quote(StringBuilder out, String text) {
    JsonText.appendQuoted(out, text);
  }
}

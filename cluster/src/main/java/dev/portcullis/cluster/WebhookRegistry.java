package dev.portcullis.cluster;

import dev.portcullis.cluster.ApiServer.Reply;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The webhook configurations by which the API server calls this installation, and a way to see
 * whether it gets through. Nothing is created here but by dry run. Thread-safe.
 */
public final class WebhookRegistry {
  /** What the webhook for probes refuses them with. */
  public static final String PROBE_ANSWER = "portcullis answers probes";

  private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String GROUP = "apis/admissionregistration.k8s.io/v1/";

  private final ApiServer server;
  private final Names names;

  /**
   * Which objects are used.
   *
   * @param namespace of this installation
   * @param lease begins the names of the Leases whose creation is a probe
   * @param validating names of ValidatingWebhookConfigurations
   * @param mutating names of MutatingWebhookConfigurations
   * @param probe name of the ValidatingWebhookConfiguration that refuses probes; null for none
   */
  public record Names(
      String namespace,
      String lease,
      List<String> validating,
      List<String> mutating,
      @Nullable String probe) {
    /** Copies the lists. */
    public Names {
      validating = List.copyOf(validating);
      mutating = List.copyOf(mutating);
    }

    /** {@return all webhook configurations, that for probes first} */
    public List<Registered> all() {
      var all = new ArrayList<Registered>();
      if (probe != null) {
        all.add(new Registered("validatingwebhookconfigurations", probe));
      }
      for (String name : validating) {
        all.add(new Registered("validatingwebhookconfigurations", name));
      }
      for (String name : mutating) {
        all.add(new Registered("mutatingwebhookconfigurations", name));
      }
      return List.copyOf(all);
    }
  }

  /**
   * A webhook configuration.
   *
   * @param resource its kind as it stands in paths
   */
  public record Registered(String resource, String name) {
    @Override
    public String toString() {
      return resource + " " + name;
    }
  }

  /** What came of a probe. */
  public sealed interface Probe {
    /** The API server called this installation and understood the answer. */
    record Reached() implements Probe {}

    /** It did not, and why. */
    record NotReached(String why) implements Probe {}

    /** It cannot be tried, and why. */
    record NotAllowed(String why) implements Probe {}
  }

  WebhookRegistry(ApiServer server, Names names) {
    this.server = server;
    this.names = names;
  }

  /** {@return which objects are used} */
  public Names names() {
    return names;
  }

  /** {@return what the object says now, or null when there is none} */
  public @Nullable WebhookConfiguration read(Registered which) throws IOException {
    Reply reply = server.await(path(which), TIMEOUT_NANOS);
    if (reply.code() == 404) {
      return null;
    }
    return parse(ok(reply));
  }

  /**
   * Writes into the object unless it says all that already.
   *
   * @param bundles PEM for each webhook, in order; null to leave them
   * @param changed since when the bundles hold what is not needed; empty when they do not
   * @param rules whether to give the webhooks the rules that they are to have
   * @return what it says then, or null when somebody else has written since {@code before}
   */
  public @Nullable WebhookConfiguration write(
      Registered which,
      WebhookConfiguration before,
      @Nullable List<String> bundles,
      String changed,
      boolean rules)
      throws IOException {
    String patch = before.patch(bundles, changed, rules);
    if (patch == null) {
      return before;
    }
    Reply reply =
        server.send("PATCH", path(which), "application/json-patch+json", patch, TIMEOUT_NANOS);
    return reply.code() == 409 || reply.code() == 404 ? null : parse(ok(reply));
  }

  /** Asks the API server for what only a call of this installation can refuse. Changes nothing. */
  public Probe probe() {
    var body = new StringBuilder("{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\"");
    body.append(",\"metadata\":{\"name\":");
    String suffix = UUID.randomUUID().toString().substring(0, 8);
    JsonText.appendQuoted(body, names.lease() + "-probe-" + suffix);
    body.append("},\"spec\":{}}");
    String path =
        "apis/coordination.k8s.io/v1/namespaces/" + names.namespace() + "/leases?dryRun=All";
    try {
      Reply reply = server.send("POST", path, "application/json", body.toString(), TIMEOUT_NANOS);
      if (reply.ok()) {
        return new Probe.NotReached(
            "it did not call the webhook of " + names.probe() + ", or does not know of it yet");
      }
      String message = reply.failure().message();
      if (message.contains(PROBE_ANSWER)) {
        return new Probe.Reached();
      }
      return reply.code() == 403 && message.contains("cannot create resource")
          ? new Probe.NotAllowed(message)
          : new Probe.NotReached(message);
    } catch (IOException e) {
      return new Probe.NotReached(String.valueOf(e.getMessage()));
    }
  }

  private static WebhookConfiguration parse(Reply reply) throws IOException {
    try {
      return WebhookConfiguration.parse(reply.body());
    } catch (JsonException e) {
      throw new IOException("it cannot be read: " + e.getMessage(), e);
    }
  }

  private static Reply ok(Reply reply) throws IOException {
    if (!reply.ok()) {
      throw new IOException(reply.failure().message());
    }
    return reply;
  }

  private static String path(Registered which) {
    return GROUP + which.resource() + "/" + which.name();
  }
}

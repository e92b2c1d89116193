package dev.portcullis.cluster;

import dev.portcullis.cluster.ApiServer.Reply;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Says whose turn it is to write, by a Lease of coordination.k8s.io/v1. It only spares writes that
 * would lose: where there is no Lease and none may be made, it is everybody's turn.
 */
final class TurnLease {
  private static final System.Logger LOG = System.getLogger(TurnLease.class.getName());
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonNames LEASE = JsonNames.of("metadata", "spec");
  private static final JsonNames VERSION = JsonNames.of("resourceVersion");
  private static final JsonNames HOLDER = JsonNames.of("holderIdentity");

  private final ApiServer server;
  private final String name;
  private final String folder;
  private final String holder;
  private String seen = "";
  private long seenAt = System.nanoTime();
  private boolean complained;
  private volatile boolean ours;

  TurnLease(ApiServer server, CertificateStore.Names names) {
    this.server = server;
    this.name = names.lease();
    this.folder = "apis/coordination.k8s.io/v1/namespaces/" + names.namespace() + "/leases";
    this.holder = names.holder();
  }

  private record Held(String version, String holder) {}

  /** {@return whether it is our turn, for so long} */
  boolean take(Duration term) throws IOException {
    Reply reply = server.await(path(), TIMEOUT_NANOS);
    if (reply.code() == 404) {
      return create(term);
    }
    if (reply.code() == 403) {
      return without(reply);
    }
    Held held = held(ok(reply));
    if (!held.version().equals(seen)) {
      seen = held.version();
      seenAt = System.nanoTime();
    }
    boolean stale = System.nanoTime() - seenAt > term.toNanos();
    if (!held.holder().isEmpty() && !held.holder().equals(holder) && !stale) {
      ours = false;
      return false;
    }
    Reply taken = patch(held.version(), holder, term, TIMEOUT_NANOS);
    if (taken.code() == 403) {
      return without(taken);
    }
    ours = taken.code() != 409 && ok(taken).ok();
    return ours;
  }

  /** Gives the Lease back if it is ours, within the time. */
  void giveBack(Duration time) throws IOException {
    if (!ours) {
      return;
    }
    long end = System.nanoTime() + time.toNanos();
    Held held = held(ok(server.await(path(), time.toNanos())));
    long left = end - System.nanoTime();
    if (held.holder().equals(holder) && left > 0) {
      ok(patch(held.version(), "", Duration.ofSeconds(1), left));
    }
    ours = false;
  }

  private boolean create(Duration term) throws IOException {
    var body = new StringBuilder("{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\"");
    body.append(",\"metadata\":{\"name\":");
    JsonText.appendQuoted(body, name);
    body.append("},");
    spec(body, holder, term).append('}');
    Reply reply = server.send("POST", folder, "application/json", body.toString(), TIMEOUT_NANOS);
    if (reply.code() == 409) {
      return false;
    }
    if (!reply.ok()) {
      return without(reply);
    }
    ours = true;
    return true;
  }

  private boolean without(Reply reply) {
    if (!complained) {
      complained = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "the Lease {0} cannot be used, so every replica takes its turn: {1}",
          name,
          reply.failure().message());
    }
    return true;
  }

  private Reply patch(String version, String next, Duration term, long timeoutNanos)
      throws IOException {
    var body = new StringBuilder("{\"metadata\":{\"resourceVersion\":");
    JsonText.appendQuoted(body, version);
    body.append("},");
    spec(body, next, term).append('}');
    return server.send(
        "PATCH", path(), "application/merge-patch+json", body.toString(), timeoutNanos);
  }

  private static StringBuilder spec(StringBuilder body, String holder, Duration term) {
    body.append("\"spec\":{\"holderIdentity\":");
    JsonText.appendQuoted(body, holder);
    body.append(",\"leaseDurationSeconds\":").append(Math.max(1, term.toSeconds()));
    return body.append(",\"renewTime\":\"").append(MICROS.format(Instant.now())).append("\"}");
  }

  private Held held(Reply reply) throws IOException {
    try {
      var in = new JsonCursor(reply.body(), JsonLimits.STANDARD);
      String version = "";
      String now = "";
      in.beginObject();
      int field;
      while ((field = in.nextName(LEASE)) != JsonCursor.END) {
        switch (field) {
          case 0 -> version = KubeText.text(in, VERSION);
          case 1 -> now = KubeText.text(in, HOLDER);
          default -> in.skipValue();
        }
      }
      return new Held(version, now);
    } catch (JsonException e) {
      throw new IOException("the Lease " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Reply ok(Reply reply) throws IOException {
    if (!reply.ok()) {
      throw new IOException("the Lease " + name + ": " + reply.failure().message());
    }
    return reply;
  }

  private String path() {
    return folder + "/" + name;
  }
}

package dev.portcullis.cluster;

import dev.portcullis.cluster.ApiServer.Reply;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where replicas keep the certificates that they make for themselves: a Secret for the keys, a
 * Lease for whose turn it is.
 *
 * <p>Every write names the version that it started from, so that two writers never overwrite each
 * other, with or without the Lease. Not thread-safe but for {@link #resign}.
 */
public final class CertificateStore {
  private static final System.Logger LOG = System.getLogger(CertificateStore.class.getName());
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String MERGE = "application/merge-patch+json";
  private static final JsonNames SECRET = JsonNames.of("metadata", "data");
  private static final JsonNames VERSION = JsonNames.of("resourceVersion");

  private final ApiServer server;
  private final Names names;
  private final TurnLease turns;

  /**
   * Which objects are used.
   *
   * @param namespace of the Secret and the Lease
   * @param secret name of the Secret
   * @param lease name of the Lease
   * @param holder who we are, different in each replica
   */
  public record Names(String namespace, String secret, String lease, String holder) {}

  /**
   * What the Secret holds.
   *
   * @param version the version that this is, empty when there is no Secret
   * @param texts the texts by their keys
   */
  public record Stored(String version, Map<String, String> texts) {
    /** Copies the texts. */
    public Stored {
      texts = Map.copyOf(texts);
    }

    /** {@return whether there is such a Secret} */
    public boolean exists() {
      return !version.isEmpty();
    }
  }

  CertificateStore(ApiServer server, Names names) {
    this.server = server;
    this.names = names;
    this.turns = new TurnLease(server, names);
  }

  /** {@return which objects are used} */
  public Names names() {
    return names;
  }

  /** {@return how far the API server's clock is ahead of this machine's, as last heard} */
  public Duration clockAhead() {
    return server.ahead();
  }

  /** {@return what the Secret holds now} */
  public Stored read() throws IOException {
    Reply reply = server.await(path(), TIMEOUT_NANOS);
    return reply.code() == 404 ? new Stored("", Map.of()) : parse(ok(reply));
  }

  /**
   * Gives the Secret these texts, and makes it where there is none. A Secret that takes no change,
   * because it is immutable or of a type that wants other keys, is made anew.
   *
   * @return what it holds then, or null when somebody else has written since {@code before}
   */
  public @Nullable Stored write(Stored before, Map<String, String> texts) throws IOException {
    if (!before.exists()) {
      return create(texts);
    }
    Reply reply = server.send("PATCH", path(), MERGE, patch(before, texts), TIMEOUT_NANOS);
    if (reply.code() == 409 || reply.code() == 404) {
      return null;
    }
    if (reply.code() == 422) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the Secret {0} takes no change and is made anew: {1}",
          names.secret(),
          reply.failure().message());
      return delete(before) ? create(texts) : null;
    }
    return parse(ok(reply));
  }

  private static String patch(Stored before, Map<String, String> texts) {
    var body = new StringBuilder("{\"metadata\":{\"resourceVersion\":");
    JsonText.appendQuoted(body, before.version());
    body.append("},\"data\":");
    var all = new TreeMap<String, @Nullable String>();
    before.texts().keySet().forEach(key -> all.put(key, null));
    all.putAll(texts);
    return appendData(body, all).append('}').toString();
  }

  private @Nullable Stored create(Map<String, String> texts) throws IOException {
    var body = new StringBuilder("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"type\":\"Opaque\"");
    body.append(",\"metadata\":{\"name\":");
    JsonText.appendQuoted(body, names.secret());
    body.append("},\"data\":");
    appendData(body, new TreeMap<>(texts)).append('}');
    Reply reply = server.send("POST", folder(), "application/json", body.toString(), TIMEOUT_NANOS);
    return reply.code() == 409 ? null : parse(ok(reply));
  }

  private boolean delete(Stored before) throws IOException {
    var body = new StringBuilder("{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\"");
    body.append(",\"preconditions\":{\"resourceVersion\":");
    JsonText.appendQuoted(body, before.version());
    body.append("}}");
    Reply reply = server.send("DELETE", path(), "application/json", body.toString(), TIMEOUT_NANOS);
    if (reply.code() == 409 || reply.code() == 404) {
      return false;
    }
    ok(reply);
    return true;
  }

  private static StringBuilder appendData(StringBuilder body, Map<String, @Nullable String> all) {
    body.append('{');
    int start = body.length();
    all.forEach((key, text) -> {
      body.append(body.length() == start ? "" : ",");
      JsonText.appendQuoted(body, key);
      body.append(':').append(text == null ? "null" : quotedBase64(text));
    });
    return body.append('}');
  }

  /**
   * {@return whether it is our turn to write}: the Lease is ours, or was nobody's, or its holder
   * has not renewed it in time, or there can be no Lease.
   */
  public boolean lead(Duration term) throws IOException {
    return turns.take(term);
  }

  /** Gives the Lease back if it is ours, so that another replica need not wait; within the time. */
  public void resign(Duration time) throws IOException {
    turns.giveBack(time);
  }

  private Stored parse(Reply reply) throws IOException {
    try {
      var in = new JsonCursor(reply.body(), JsonLimits.STANDARD);
      String version = "";
      Map<String, String> texts = Map.of();
      in.beginObject();
      int field;
      while ((field = in.nextName(SECRET)) != JsonCursor.END) {
        switch (field) {
          case 0 -> version = KubeText.text(in, VERSION);
          case 1 -> {
            var decoded = new TreeMap<String, String>();
            KubeText.texts(in, key -> true).forEach((key, text) -> decoded.put(key, decoded(text)));
            texts = decoded;
          }
          default -> in.skipValue();
        }
      }
      return new Stored(version, texts);
    } catch (JsonException e) {
      throw new IOException(
          "the Secret " + names.secret() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** {@return the text, empty where it is not Base64}: then it is damaged as any other text. */
  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String quotedBase64(String text) {
    return "\"" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"";
  }

  private String folder() {
    return "api/v1/namespaces/" + names.namespace() + "/secrets";
  }

  private String path() {
    return folder() + "/" + names.secret();
  }

  private Reply ok(Reply reply) throws IOException {
    if (!reply.ok()) {
      throw new IOException("the Secret " + names.secret() + ": " + reply.failure().message());
    }
    return reply;
  }
}

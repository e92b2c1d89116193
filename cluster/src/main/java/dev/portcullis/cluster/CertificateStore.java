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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where replicas keep the certificates that they make for themselves: a Secret for the keys, a
 * Lease for whose turn it is, and the webhook configurations that name the authority.
 *
 * <p>None of these objects is made here, because a right to make any cannot be limited to one.
 * Every write names the version it started from, so that two writers never overwrite each other.
 * Not thread-safe.
 */
public final class CertificateStore {
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String MERGE = "application/merge-patch+json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonNames SECRET = JsonNames.of("metadata", "data");
  private static final JsonNames VERSION = JsonNames.of("resourceVersion");
  private static final JsonNames LEASE = JsonNames.of("metadata", "spec");
  private static final JsonNames HOLDER = JsonNames.of("holderIdentity");
  private static final JsonNames WEBHOOKS = JsonNames.of("webhooks");
  private static final JsonNames CLIENT = JsonNames.of("clientConfig");
  private static final JsonNames BUNDLE = JsonNames.of("caBundle");

  private final ApiServer server;
  private final Names names;
  private String seenLease = "";
  private long seenAt = System.nanoTime();

  /**
   * Which objects are used.
   *
   * @param namespace of the Secret and the Lease
   * @param secret name of the Secret
   * @param lease name of the Lease
   * @param holder who we are, different in each replica
   * @param validating names of ValidatingWebhookConfigurations
   * @param mutating names of MutatingWebhookConfigurations
   */
  public record Names(
      String namespace,
      String secret,
      String lease,
      String holder,
      List<String> validating,
      List<String> mutating) {
    /** Copies the lists. */
    public Names {
      validating = List.copyOf(validating);
      mutating = List.copyOf(mutating);
    }
  }

  /**
   * What the Secret holds.
   *
   * @param version the version that this is
   * @param texts the texts by their keys
   */
  public record Stored(String version, Map<String, String> texts) {
    /** Copies the texts. */
    public Stored {
      texts = Map.copyOf(texts);
    }
  }

  CertificateStore(ApiServer server, Names names) {
    this.server = server;
    this.names = names;
  }

  /** {@return what the Secret holds now} */
  public Stored read() throws IOException {
    return parse(
        "the Secret " + names.secret(), ok("the Secret " + names.secret(), get(secretPath())));
  }

  /**
   * {@return what the Secret holds after it was given exactly these texts, or null when somebody
   * else has written since {@code before}}
   */
  public @Nullable Stored write(Stored before, Map<String, String> texts) throws IOException {
    var body = new StringBuilder("{\"metadata\":{\"resourceVersion\":");
    JsonText.appendQuoted(body, before.version());
    body.append("},\"data\":{");
    var all = new TreeMap<String, @Nullable String>();
    before.texts().keySet().forEach(key -> all.put(key, null));
    all.putAll(texts);
    int start = body.length();
    all.forEach((key, text) -> {
      body.append(body.length() == start ? "" : ",");
      JsonText.appendQuoted(body, key);
      body.append(':').append(text == null ? "null" : quotedBase64(text));
    });
    body.append("}}");
    Reply reply = patch(secretPath(), MERGE, body.toString());
    return reply.code() == 409
        ? null
        : parse("the Secret " + names.secret(), ok("the Secret " + names.secret(), reply));
  }

  /**
   * {@return whether it is our turn}: the Lease is ours, or was nobody's, or its holder has not
   * renewed it in time.
   */
  public boolean lead(Duration term) throws IOException {
    String what = "the Lease " + names.lease();
    Held held = held(what, ok(what, get(leasePath())));
    if (!held.version().equals(seenLease)) {
      seenLease = held.version();
      seenAt = System.nanoTime();
    }
    boolean stale = System.nanoTime() - seenAt > term.toNanos();
    if (!held.holder().isEmpty() && !held.holder().equals(names.holder()) && !stale) {
      return false;
    }
    return takeLease(held.version(), names.holder(), term);
  }

  /** Gives the Lease back if it is ours, so that another replica need not wait. */
  public void resign() throws IOException {
    String what = "the Lease " + names.lease();
    Held held = held(what, ok(what, get(leasePath())));
    if (held.holder().equals(names.holder())) {
      takeLease(held.version(), "", Duration.ofSeconds(1));
    }
  }

  private boolean takeLease(String version, String holder, Duration term) throws IOException {
    var body = new StringBuilder("{\"metadata\":{\"resourceVersion\":");
    JsonText.appendQuoted(body, version);
    body.append("},\"spec\":{\"holderIdentity\":");
    JsonText.appendQuoted(body, holder);
    body.append(",\"leaseDurationSeconds\":").append(Math.max(1, term.toSeconds()));
    body.append(",\"renewTime\":\"").append(MICROS.format(Instant.now())).append("\"}}");
    Reply reply = patch(leasePath(), MERGE, body.toString());
    if (reply.code() == 409) {
      return false;
    }
    ok("the Lease " + names.lease(), reply);
    return true;
  }

  /**
   * Makes every webhook configuration trust these authorities, where it does not yet.
   *
   * @param bundle their certificates in PEM
   */
  public void register(String bundle) throws IOException {
    for (String name : names.validating()) {
      register("validatingwebhookconfigurations", name, quotedBase64(bundle));
    }
    for (String name : names.mutating()) {
      register("mutatingwebhookconfigurations", name, quotedBase64(bundle));
    }
  }

  private void register(String resource, String name, String bundle) throws IOException {
    String path = "apis/admissionregistration.k8s.io/v1/" + resource + "/" + name;
    String what = resource + " " + name;
    List<String> registered = bundles(what, ok(what, get(path)));
    var patch = new StringBuilder("[");
    for (int i = 0; i < registered.size(); i++) {
      if (!bundle.equals("\"" + registered.get(i) + "\"")) {
        patch
            .append(patch.length() == 1 ? "" : ",")
            .append("{\"op\":\"add\",\"path\":\"/webhooks/")
            .append(i)
            .append("/clientConfig/caBundle\",\"value\":")
            .append(bundle)
            .append('}');
      }
    }
    if (patch.length() > 1) {
      ok(what, patch(path, JSON_PATCH, patch.append(']').toString()));
    }
  }

  private record Held(String version, String holder) {}

  private static Stored parse(String what, Reply reply) throws IOException {
    try {
      var in = new JsonCursor(reply.body(), JsonLimits.STANDARD);
      String version = "";
      var texts = new TreeMap<String, String>();
      in.beginObject();
      int field;
      while ((field = in.nextName(SECRET)) != JsonCursor.END) {
        switch (field) {
          case 0 -> version = text(in, VERSION);
          case 1 -> data(in, texts);
          default -> in.skipValue();
        }
      }
      return new Stored(version, texts);
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException(what + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void data(JsonCursor in, Map<String, String> texts) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    String key;
    while ((key = in.nextName()) != null) {
      byte[] value = Base64.getDecoder().decode(in.readString());
      texts.put(key, new String(value, StandardCharsets.UTF_8));
    }
  }

  private static Held held(String what, Reply reply) throws IOException {
    try {
      var in = new JsonCursor(reply.body(), JsonLimits.STANDARD);
      String version = "";
      String holder = "";
      in.beginObject();
      int field;
      while ((field = in.nextName(LEASE)) != JsonCursor.END) {
        switch (field) {
          case 0 -> version = text(in, VERSION);
          case 1 -> holder = text(in, HOLDER);
          default -> in.skipValue();
        }
      }
      return new Held(version, holder);
    } catch (JsonException e) {
      throw new IOException(what + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<String> bundles(String what, Reply reply) throws IOException {
    try {
      var in = new JsonCursor(reply.body(), JsonLimits.STANDARD);
      var bundles = new ArrayList<String>();
      in.beginObject();
      int field;
      while ((field = in.nextName(WEBHOOKS)) != JsonCursor.END) {
        if (field != 0 || in.readNull()) {
          in.skipValue();
          continue;
        }
        in.beginArray();
        while (in.nextElement()) {
          bundles.add(bundle(in));
        }
      }
      return bundles;
    } catch (JsonException e) {
      throw new IOException(what + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String bundle(JsonCursor in) throws JsonException {
    String bundle = "";
    in.beginObject();
    int field;
    while ((field = in.nextName(CLIENT)) != JsonCursor.END) {
      if (field == 0) {
        bundle = text(in, BUNDLE);
      } else {
        in.skipValue();
      }
    }
    return bundle;
  }

  /** {@return the one text of this object that is asked for, empty when it is absent} */
  private static String text(JsonCursor in, JsonNames name) throws JsonException {
    String text = "";
    if (in.readNull()) {
      return text;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(name)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        text = in.readString();
      }
    }
    return text;
  }

  private static String quotedBase64(String text) {
    return "\"" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"";
  }

  private String secretPath() {
    return "api/v1/namespaces/" + names.namespace() + "/secrets/" + names.secret();
  }

  private String leasePath() {
    return "apis/coordination.k8s.io/v1/namespaces/"
        + names.namespace()
        + "/leases/"
        + names.lease();
  }

  private Reply get(String path) throws IOException {
    return server.await(path, TIMEOUT_NANOS);
  }

  private Reply patch(String path, String contentType, String body) throws IOException {
    return server.patch(path, contentType, body, TIMEOUT_NANOS);
  }

  private static Reply ok(String what, Reply reply) throws IOException {
    if (!reply.ok()) {
      throw new IOException(what + ": " + reply.failure().message());
    }
    return reply;
  }
}

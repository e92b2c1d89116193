package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a webhook configuration of the cluster says, as far as replicas write into it. */
public final class WebhookConfiguration {
  /** Holds the rules that the object's webhooks are to have once they can be answered. */
  static final String RULES = "portcullis.dev/rules-when-ready";

  /** Says since when the bundle holds authorities that are not needed, as RFC 3339. */
  static final String CHANGED = "portcullis.dev/authorities-changed";

  private static final JsonNames FIELDS = JsonNames.of("metadata", "webhooks");
  private static final JsonNames METADATA = JsonNames.of("resourceVersion", "annotations");
  private static final JsonNames WEBHOOK = JsonNames.of("clientConfig", "rules");
  private static final JsonNames CLIENT = JsonNames.of("caBundle");

  private final String version;
  private final @Nullable Map<String, String> annotations;
  private final @Nullable List<WebhookRule> wantedRules;
  private final List<Webhook> webhooks;

  private record Webhook(String bundle, List<WebhookRule> rules) {}

  private WebhookConfiguration(
      String version,
      @Nullable Map<String, String> annotations,
      @Nullable List<WebhookRule> wantedRules,
      List<Webhook> webhooks) {
    this.version = version;
    this.annotations = annotations;
    this.wantedRules = wantedRules;
    this.webhooks = webhooks;
  }

  /** {@return what the object says} */
  static WebhookConfiguration parse(JsonSlice object) throws JsonException {
    var in = new JsonCursor(object, JsonLimits.STANDARD);
    String version = "";
    Map<String, String> annotations = null;
    var webhooks = new ArrayList<Webhook>();
    in.beginObject();
    int field;
    while ((field = in.nextName(FIELDS)) != JsonCursor.END) {
      if (field < 0 || in.readNull()) {
        if (field < 0) {
          in.skipValue();
        }
      } else if (field == 0) {
        in.beginObject();
        int inner;
        while ((inner = in.nextName(METADATA)) != JsonCursor.END) {
          switch (inner) {
            case 0 -> version = in.readString();
            case 1 ->
                annotations = KubeText.texts(in, key -> key.equals(RULES) || key.equals(CHANGED));
            default -> in.skipValue();
          }
        }
      } else {
        in.beginArray();
        while (in.nextElement()) {
          webhooks.add(webhook(in));
        }
      }
    }
    String rules = annotations == null ? null : annotations.get(RULES);
    return new WebhookConfiguration(
        version, annotations, rules == null ? null : WebhookRule.parse(rules), webhooks);
  }

  private static Webhook webhook(JsonCursor in) throws JsonException {
    String bundle = "";
    List<WebhookRule> rules = List.of();
    in.beginObject();
    int field;
    while ((field = in.nextName(WEBHOOK)) != JsonCursor.END) {
      switch (field) {
        case 0 -> {
          if (!in.readNull()) {
            in.beginObject();
            int inner;
            while ((inner = in.nextName(CLIENT)) != JsonCursor.END) {
              if (inner != 0) {
                in.skipValue();
              } else if (!in.readNull()) {
                bundle = in.readString();
              }
            }
          }
        }
        case 1 -> rules = WebhookRule.list(in);
        default -> in.skipValue();
      }
    }
    return new Webhook(bundle, rules);
  }

  /** {@return the PEM that each webhook trusts, in order; empty where there is none} */
  public List<String> bundles() {
    return webhooks.stream().map(webhook -> decoded(webhook.bundle)).toList();
  }

  private static String decoded(String bundle) {
    try {
      return new String(Base64.getDecoder().decode(bundle), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      // The API server takes no such thing; nothing in it is trusted.
      return "";
    }
  }

  /** {@return whether any request reaches each of its webhooks} */
  public boolean hasEffect() {
    return webhooks.stream().noneMatch(webhook -> webhook.rules.isEmpty());
  }

  /** {@return whether its webhooks have the rules that they are to have, or may keep theirs} */
  public boolean hasWantedRules() {
    List<WebhookRule> wanted = wantedRules;
    return wanted == null || webhooks.stream().allMatch(webhook -> webhook.rules.equals(wanted));
  }

  /** {@return when the bundle began to hold what is not needed, as text; empty if never} */
  public String authoritiesChanged() {
    return annotations == null ? "" : annotations.getOrDefault(CHANGED, "");
  }

  /** {@return how many webhooks it has} */
  public int size() {
    return webhooks.size();
  }

  /**
   * {@return a JSON patch (RFC 6902) of this very version, or null when nothing is to change}
   *
   * @param bundles PEM for each webhook, in order; null to leave them
   * @param changed what {@link #authoritiesChanged} is to say; empty for nothing
   * @param rules whether to give the webhooks the rules that they are to have
   */
  @Nullable String patch(@Nullable List<String> bundles, String changed, boolean rules) {
    var out = new StringBuilder("[{\"op\":\"replace\",\"path\":\"/metadata/resourceVersion\"");
    out.append(",\"value\":");
    JsonText.appendQuoted(out, version);
    out.append('}');
    int head = out.length();
    for (int i = 0; i < webhooks.size(); i++) {
      Webhook webhook = webhooks.get(i);
      if (bundles != null && !decoded(webhook.bundle).equals(bundles.get(i))) {
        begin(out, "add", "/webhooks/" + i + "/clientConfig/caBundle");
        out.append('"').append(encoded(bundles.get(i))).append("\"}");
      }
      if (rules && wantedRules != null && !webhook.rules.equals(wantedRules)) {
        begin(out, "add", "/webhooks/" + i + "/rules");
        WebhookRule.append(out, wantedRules);
        out.append('}');
      }
    }
    if (bundles != null && !changed.equals(authoritiesChanged())) {
      annotate(out, changed);
    }
    return out.length() == head ? null : out.append(']').toString();
  }

  private void annotate(StringBuilder out, String changed) {
    String path = "/metadata/annotations/" + CHANGED.replace("/", "~1");
    if (changed.isEmpty()) {
      out.append(",{\"op\":\"remove\",\"path\":\"").append(path).append("\"}");
      return;
    }
    if (annotations == null) {
      begin(out, "add", "/metadata/annotations");
      out.append("{}}");
    }
    begin(out, "add", path);
    JsonText.appendQuoted(out, changed);
    out.append('}');
  }

  private static void begin(StringBuilder out, String operation, String path) {
    out.append(",{\"op\":\"").append(operation).append("\",\"path\":\"").append(path);
    out.append("\",\"value\":");
  }

  private static String encoded(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.ISO_8859_1));
  }
}

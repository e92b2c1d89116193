package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which requests a webhook is asked about: a RuleWithOperations of admissionregistration.k8s.io/v1,
 * with the API server's default for the scope.
 *
 * @param scope {@code *}, {@code Cluster} or {@code Namespaced}
 */
record WebhookRule(
    List<String> groups,
    List<String> versions,
    List<String> operations,
    List<String> resources,
    String scope) {
  private static final JsonNames FIELDS =
      JsonNames.of("apiGroups", "apiVersions", "operations", "resources", "scope");

  WebhookRule {
    groups = List.copyOf(groups);
    versions = List.copyOf(versions);
    operations = List.copyOf(operations);
    resources = List.copyOf(resources);
  }

  /** {@return the rules in this JSON array} */
  static List<WebhookRule> parse(String json) throws JsonException {
    var in =
        new JsonCursor(JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    List<WebhookRule> rules = list(in);
    in.end();
    return rules;
  }

  /** {@return the rules of the array that comes next; null is empty} */
  static List<WebhookRule> list(JsonCursor in) throws JsonException {
    var rules = new ArrayList<WebhookRule>();
    if (in.readNull()) {
      return rules;
    }
    in.beginArray();
    while (in.nextElement()) {
      rules.add(read(in));
    }
    return rules;
  }

  private static WebhookRule read(JsonCursor in) throws JsonException {
    List<String> groups = List.of();
    List<String> versions = List.of();
    List<String> operations = List.of();
    List<String> resources = List.of();
    String scope = "*";
    in.beginObject();
    int field;
    while ((field = in.nextName(FIELDS)) != JsonCursor.END) {
      switch (field) {
        case 0 -> groups = KubeText.list(in);
        case 1 -> versions = KubeText.list(in);
        case 2 -> operations = KubeText.list(in);
        case 3 -> resources = KubeText.list(in);
        case 4 -> scope = in.readNull() ? "*" : in.readString();
        default -> in.skipValue();
      }
    }
    return new WebhookRule(groups, versions, operations, resources, scope);
  }

  /** Writes these rules as a JSON array. */
  static void append(StringBuilder out, List<WebhookRule> rules) {
    out.append('[');
    String comma = "";
    for (WebhookRule rule : rules) {
      out.append(comma).append("{\"apiGroups\":");
      KubeText.append(out, rule.groups);
      out.append(",\"apiVersions\":");
      KubeText.append(out, rule.versions);
      out.append(",\"operations\":");
      KubeText.append(out, rule.operations);
      out.append(",\"resources\":");
      KubeText.append(out, rule.resources);
      out.append(",\"scope\":");
      JsonText.appendQuoted(out, rule.scope);
      out.append('}');
      comma = ",";
    }
    out.append(']');
  }
}

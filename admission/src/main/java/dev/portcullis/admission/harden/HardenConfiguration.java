package dev.portcullis.admission.harden;

import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.manifests.yaml.YamlToJson;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.util.HashMap;
import java.util.Map;

/** Reads a HardeningConfiguration: what namespaces without labels of their own get. */
public final class HardenConfiguration {
  private static final String API_VERSION = "portcullis.dev/v1alpha1";
  private static final String KIND = "HardeningConfiguration";

  private HardenConfiguration() {}

  /**
   * {@return the defaults in this file}
   *
   * @throws IllegalArgumentException that names the field when the file is none, or holds something
   *     unknown
   */
  public static HardenOrder load(byte[] yaml) {
    var fields = new HashMap<String, String>();
    var defaults = new HashMap<String, String>();
    try {
      read(
          new JsonCursor(JsonSlice.of(YamlToJson.convertStrict(yaml)), JsonLimits.STANDARD),
          fields,
          defaults);
    } catch (YamlException | JsonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    require(API_VERSION.equals(fields.get("apiVersion")), "apiVersion must be " + API_VERSION);
    require(KIND.equals(fields.get("kind")), "kind must be " + KIND);
    var labels = new HashMap<String, String>();
    defaults.forEach((name, value) -> {
      String label = "portcullis.dev/" + name;
      require(
          label.equals(HardenOrder.LEVEL)
              || label.equals(HardenOrder.VERSION)
              || label.equals(HardenOrder.ALLOW)
              || label.equals(HardenOrder.WARN),
          "defaults." + name + ": there is no such field");
      labels.put(label, value);
    });
    var resolution = HardenOrder.of(labels, HardenOrder.NONE);
    require(resolution.errors().isEmpty(), "defaults: " + String.join("; ", resolution.errors()));
    return resolution.order();
  }

  private static void read(JsonCursor in, Map<String, String> fields, Map<String, String> defaults)
      throws JsonException {
    in.beginObject();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      switch (name) {
        case "apiVersion", "kind" -> fields.put(name, in.readString());
        case "defaults" -> {
          in.beginObject();
          for (String field = in.nextName(); field != null; field = in.nextName()) {
            defaults.put(
                field, in.atString() ? in.readString() : Boolean.toString(in.readBoolean()));
          }
        }
        default -> throw in.fault("there is no such field: " + name);
      }
    }
    in.end();
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}

package dev.portcullis.admission.config;

import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.manifests.yaml.YamlToJson;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * A file as JSON: as it is when it starts with a brace, else its first YAML document, converted.
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody changes it.
record SourceJson(byte[] original, JsonSlice json, boolean yaml) {
  /** Aliases can make a small file's JSON large. */
  static final JsonLimits LIMITS = new JsonLimits(16 << 20, 10_000, 1_000_000);

  static SourceJson of(byte[] content) throws DecodeException {
    if (startsWithBrace(content)) {
      return new SourceJson(content, JsonSlice.of(content), false);
    }
    try {
      return new SourceJson(content, JsonSlice.of(YamlToJson.convert(content)), true);
    } catch (YamlException e) {
      throw new DecodeException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * {@return the complaints about keys that stand twice in YAML}; in JSON the decoder sees them.
   */
  List<String> repeatedKeys() {
    var problems = new ArrayList<String>();
    if (yaml) {
      try {
        YamlToJson.convertStrict(original);
      } catch (YamlException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  private static boolean startsWithBrace(byte[] content) {
    for (byte c : content) {
      boolean blank = c == ' ' || (c >= '\t' && c <= '\r');
      if (!blank) {
        return c == '{';
      }
    }
    return false;
  }
}

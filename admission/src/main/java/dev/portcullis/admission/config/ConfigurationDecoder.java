package dev.portcullis.admission.config;

import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.admission.wire.JsonType;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON to {@link ConfigurationFile}, in the order of the document, as the errors depend on it. */
final class ConfigurationDecoder {
  private final JsonCursor in;
  private final Schema schema;
  private final StrictErrors errors = new StrictErrors();
  private final String[] levels = {"", "", "", "", "", ""};
  private final List<List<String>> exempted =
      new ArrayList<>(List.of(List.of(), List.of(), List.of()));

  private ConfigurationDecoder(JsonCursor in, Schema schema) {
    this.in = in;
    this.schema = schema;
  }

  static ConfigurationFile decode(SourceJson source, Schema schema) throws DecodeException {
    try {
      var decoder =
          new ConfigurationDecoder(new JsonCursor(source.json(), SourceJson.LIMITS), schema);
      decoder.root();
      decoder.errors.raise(source.repeatedKeys());
      return decoder.file();
    } catch (JsonException e) {
      throw new DecodeException(String.valueOf(e.getMessage()));
    }
  }

  private void root() throws JsonException {
    var seen = new HashSet<String>();
    in.beginObject();
    String name;
    while ((name = in.nextName()) != null) {
      boolean section = name.equals(schema.defaults()) || name.equals(schema.exemptions());
      if (!section && !name.equals("kind") && !name.equals("apiVersion")) {
        errors.unknown(name);
        in.skipValue();
        continue;
      }
      if (!seen.add(name)) {
        errors.duplicate(name);
      }
      if (section) {
        section(name);
      } else {
        in.skipValue();
      }
    }
    in.end();
  }

  private void section(String section) throws JsonException {
    boolean defaults = section.equals(schema.defaults());
    String struct = defaults ? "PodSecurityDefaults" : "PodSecurityExemptions";
    if (in.readNull()) {
      return;
    }
    if (!in.atObject()) {
      errors.wrongType(
          JsonType.pass(in),
          "PodSecurityConfiguration." + section,
          schema.goPackage() + "." + struct);
      return;
    }
    List<String> members = defaults ? schema.levels() : schema.exempted();
    var seen = new HashSet<String>();
    in.beginObject();
    String name;
    while ((name = in.nextName()) != null) {
      String path = section + "." + name;
      int member = members.indexOf(name);
      if (member < 0) {
        errors.unknown(path);
        in.skipValue();
        continue;
      }
      if (!seen.add(name)) {
        errors.duplicate(path);
      }
      if (defaults) {
        String text = string(struct + "." + path);
        levels[member] = text == null ? levels[member] : text;
      } else {
        exempted.set(member, strings(struct + "." + path));
      }
    }
  }

  /** {@return the string that stands here, null when none does} */
  private @Nullable String string(String goField) throws JsonException {
    if (in.readNull()) {
      return null;
    }
    if (in.atString()) {
      return in.readString();
    }
    errors.wrongType(JsonType.pass(in), goField, "string");
    return null;
  }

  private List<String> strings(String goField) throws JsonException {
    if (in.readNull()) {
      return List.of();
    }
    if (!in.atArray()) {
      errors.wrongType(JsonType.pass(in), goField, "[]string");
      return List.of();
    }
    var strings = new ArrayList<String>();
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      String text = string(goField);
      strings.add(text == null ? "" : text);
    }
    return strings;
  }

  private ConfigurationFile file() {
    if (schema.defaulted()) {
      for (int i = 0; i < levels.length; i++) {
        String fallback = ConfigurationFile.EMPTY.levels().get(i);
        levels[i] = levels[i].isEmpty() ? fallback : levels[i];
      }
    }
    return new ConfigurationFile(
        List.of(levels), exempted.get(0), exempted.get(1), exempted.get(2));
  }
}

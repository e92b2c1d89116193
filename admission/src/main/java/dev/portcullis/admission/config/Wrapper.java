package dev.portcullis.admission.config;

import dev.portcullis.admission.config.ConfigurationLoader.FileReader;
import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.admission.wire.JsonType;
import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The API server's AdmissionConfiguration, which may hold the configuration of the plugin {@code
 * PodSecurity}.
 */
final class Wrapper {
  private static final String KIND = "AdmissionConfiguration";
  private static final Set<ObjectKind> KINDS =
      Set.of(
          new ObjectKind("apiserver.config.k8s.io", "v1", KIND),
          new ObjectKind("apiserver.k8s.io", "v1alpha1", KIND));
  private static final String PLUGIN = "PodSecurity";
  private static final List<String> ROOT = List.of("kind", "apiVersion", "plugins");
  private static final List<String> ENTRY = List.of("name", "path", "configuration");

  private final JsonCursor in;
  private final StrictErrors errors = new StrictErrors();
  private Entry found = new Entry("", null);
  private boolean done;

  private Wrapper(JsonCursor in) {
    this.in = in;
  }

  /** What the wrapper says of a plugin. */
  record Entry(String path, @Nullable JsonSlice configuration) {
    /**
     * {@return the plugin's configuration, from the wrapper or from the file it names; no bytes
     * when neither is there}
     */
    byte[] content(FileReader files) throws DecodeException {
      if (configuration != null) {
        return configuration.copy();
      }
      try {
        return path.isEmpty() ? new byte[0] : files.read(path);
      } catch (IOException e) {
        throw new DecodeException(String.valueOf(e.getMessage()));
      }
    }
  }

  static boolean is(ObjectKind kind) {
    return KINDS.contains(kind);
  }

  /** {@return the first entry of the plugin}, an empty one when there is none */
  static Entry podSecurity(SourceJson source) throws DecodeException {
    try {
      var wrapper = new Wrapper(new JsonCursor(source.json(), SourceJson.LIMITS));
      wrapper.root();
      wrapper.errors.raise(source.repeatedKeys());
      return wrapper.found;
    } catch (JsonException e) {
      throw new DecodeException(String.valueOf(e.getMessage()));
    }
  }

  private void root() throws JsonException {
    var seen = new HashSet<String>();
    in.beginObject();
    String name;
    while ((name = in.nextName()) != null) {
      note(name, name, ROOT, seen);
      if (name.equals("plugins")) {
        plugins();
      } else {
        in.skipValue();
      }
    }
    in.end();
  }

  private void plugins() throws JsonException {
    if (in.readNull()) {
      return;
    }
    if (!in.atArray()) {
      errors.wrongType(JsonType.pass(in), KIND + ".plugins", "[]v1.AdmissionPluginConfiguration");
      return;
    }
    int index = 0;
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      if (in.atObject()) {
        entry("plugins[" + index + "]");
      } else if (!in.readNull()) {
        errors.wrongType(JsonType.pass(in), KIND + ".plugins", "v1.AdmissionPluginConfiguration");
      }
      index++;
    }
  }

  private void entry(String place) throws JsonException {
    String name = "";
    String path = "";
    JsonSlice configuration = null;
    var seen = new HashSet<String>();
    in.beginObject();
    String member;
    while ((member = in.nextName()) != null) {
      note(member, place + "." + member, ENTRY, seen);
      switch (member) {
        case "name" -> name = string("name");
        case "path" -> path = string("path");
        case "configuration" -> configuration = in.readNull() ? null : in.sliceValue();
        default -> in.skipValue();
      }
    }
    if (!done && name.equals(PLUGIN)) {
      found = new Entry(path, configuration);
      done = true;
    }
  }

  private void note(String name, String path, List<String> known, Set<String> seen) {
    if (!known.contains(name)) {
      errors.unknown(path);
    } else if (!seen.add(name)) {
      errors.duplicate(path);
    }
  }

  private String string(String member) throws JsonException {
    if (in.readNull()) {
      return "";
    }
    if (in.atString()) {
      return in.readString();
    }
    errors.wrongType(JsonType.pass(in), "AdmissionPluginConfiguration.plugins." + member, "string");
    return "";
  }
}

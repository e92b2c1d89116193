package dev.portcullis.admission.harden;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.util.Arrays;
import java.util.Set;

/**
 * What a pod's metadata says of earlier hardening.
 *
 * @param metadata whether there is metadata at all
 * @param annotations whether it has annotations
 * @param hardened the value of our annotation, empty without one
 */
record PodNotes(boolean metadata, boolean annotations, String hardened) {
  private static final JsonNames ROOT = JsonNames.of("metadata");
  private static final JsonNames METADATA = JsonNames.of("annotations");
  private static final JsonNames ANNOTATIONS = JsonNames.of(Hardening.ANNOTATION);

  static PodNotes of(JsonSlice pod) throws JsonException {
    var in = new JsonCursor(pod, JsonLimits.STANDARD);
    in.beginObject();
    for (int name = in.nextName(ROOT); name != JsonCursor.END; name = in.nextName(ROOT)) {
      if (name == 0 && in.atObject()) {
        // Metadata stands once in what an API server sends, so nothing behind it matters.
        return ofMetadata(in);
      }
      in.skipValue();
    }
    return new PodNotes(false, false, "");
  }

  private static PodNotes ofMetadata(JsonCursor in) throws JsonException {
    in.beginObject();
    for (int name = in.nextName(METADATA); name != JsonCursor.END; name = in.nextName(METADATA)) {
      if (name == 0 && in.atObject()) {
        return ofAnnotations(in);
      }
      in.skipValue();
    }
    return new PodNotes(true, false, "");
  }

  private static PodNotes ofAnnotations(JsonCursor in) throws JsonException {
    String hardened = "";
    in.beginObject();
    for (int name = in.nextName(ANNOTATIONS);
        name != JsonCursor.END;
        name = in.nextName(ANNOTATIONS)) {
      if (name == 0 && in.atString()) {
        hardened = in.readString();
      } else {
        in.skipValue();
      }
    }
    return new PodNotes(true, true, hardened);
  }

  /**
   * Appends the operation that notes these checks beside those noted before; none where there is no
   * metadata.
   */
  void append(StringBuilder patch, String checks) {
    if (!metadata) {
      return;
    }
    patch.append(patch.length() > 1 ? ",{\"op\":\"add\",\"path\":" : "{\"op\":\"add\",\"path\":");
    if (annotations) {
      JsonText.appendQuoted(
          patch, "/metadata/annotations/" + Hardening.ANNOTATION.replace("/", "~1"));
      JsonText.appendQuoted(patch.append(",\"value\":"), with(checks));
      patch.append('}');
    } else {
      JsonText.appendQuoted(
          patch.append("\"/metadata/annotations\",\"value\":{"), Hardening.ANNOTATION);
      JsonText.appendQuoted(patch.append(':'), with(checks));
      patch.append("}}");
    }
  }

  private String with(String checks) {
    var all = new StringBuilder(hardened);
    Set<String> before = Set.copyOf(Arrays.asList(hardened.split(",", -1)));
    for (String check : checks.split(",", -1)) {
      if (!before.contains(check)) {
        all.append(all.isEmpty() ? "" : ",").append(check);
      }
    }
    return all.toString();
  }
}

package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON to {@link PodView} in one pass. Fields that nobody reads are skipped, whatever they hold;
 * null is absent; a field that is read and has the wrong type is a {@link JsonException} with its
 * path.
 *
 * <p>A member that stands twice is decoded over what stood there before, as Go does it; see
 * docs/reference-decoding.md. A draft therefore remembers more of a list than its view shows.
 */
public final class PodDecoder {
  private static final JsonNames ROOT =
      JsonNames.of("kind", "apiVersion", "metadata", "spec", "status");
  private static final JsonNames TYPES =
      JsonNames.of(
          "",
          "v1",
          "Pod",
          "apps/v1",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "batch/v1",
          "Job",
          "CronJob");

  private final JsonCursor in;
  private final MetadataDraft metadata = new MetadataDraft();
  private final SpecDraft spec = new SpecDraft();
  private String apiVersion = "";
  private String kind = "";
  private boolean onlyStandardMembers = true;
  private boolean hasSpec;

  /**
   * What an object holds, and what it says of itself.
   *
   * @param pod the object if it is a pod, else its template; null where it may have none and has
   *     none
   * @param apiVersion its apiVersion, empty when absent
   * @param kind its kind, empty when absent
   * @param onlyStandardMembers whether its root has only the members of such an object; any other
   *     may be {@code kind} or {@code apiVersion} in another case, which the reference accepts
   */
  public record Found(
      @Nullable PodView pod, String apiVersion, String kind, boolean onlyStandardMembers) {}

  private PodDecoder(JsonCursor in) {
    this.in = in;
  }

  /** {@return the pod that is this document}; null and {@code {}} are an empty pod. */
  public static PodView decode(JsonSlice document, JsonLimits limits) throws JsonException {
    var decoder = new PodDecoder(new JsonCursor(document, limits));
    decoder.pod();
    decoder.in.end();
    return decoder.view();
  }

  /**
   * {@return the Pod that is this document}: for documents of which nobody has seen yet that they
   * are pods.
   *
   * @throws JsonException also where kind or apiVersion are there and not those of a Pod, and where
   *     there is no spec: what is no pod must not pass for one that is allowed
   */
  public static PodView decodePod(JsonSlice document, JsonLimits limits) throws JsonException {
    var decoder = new PodDecoder(new JsonCursor(document, limits));
    decoder.pod();
    decoder.in.end();
    boolean pod = decoder.kind.isEmpty() || decoder.kind.equals("Pod");
    if (!pod || !(decoder.apiVersion.isEmpty() || decoder.apiVersion.equals("v1"))) {
      String version = decoder.apiVersion.isEmpty() ? "" : " of " + decoder.apiVersion;
      throw decoder.in.fault("a Pod of v1 is expected, not \"" + decoder.kind + "\"" + version);
    }
    if (!decoder.hasSpec) {
      throw decoder.in.fault("a pod without spec");
    }
    return decoder.view();
  }

  /**
   * {@return the pod template at {@code path} in this document}; where there is none: null if the
   * path allows that, else an empty pod.
   */
  public static @Nullable PodView decodeAt(JsonSlice document, JsonLimits limits, TemplatePath path)
      throws JsonException {
    var in = new JsonCursor(document, limits);
    Found found = find(in, path);
    in.end();
    return found.pod();
  }

  /**
   * {@return the pod, or the template at {@code path}, in the object that stands here}, which is
   * passed; as {@link #decodeAt} does it.
   */
  public static Found find(JsonCursor in, TemplatePath path) throws JsonException {
    var root = new PodDecoder(in);
    if (path.isWhole()) {
      root.pod();
      return root.found(root.view());
    }
    PodDecoder template = root.holder(path);
    return root.found(
        template != null ? template.view() : path.optional() ? null : new PodDecoder(in).view());
  }

  /** {@return the template in the object that stands here, of which this draft is the rest} */
  private @Nullable PodDecoder holder(TemplatePath path) throws JsonException {
    if (in.readNull()) {
      return null;
    }
    PodDecoder template = null;
    in.beginObject();
    JsonNames wanted = path.members().getFirst();
    int name;
    while ((name = in.nextName(wanted)) != JsonCursor.END) {
      switch (name) {
        case 0 -> template = descend(in, path, 1, template);
        case 1 -> kind = in.readNull() ? kind : in.readString(TYPES);
        case 2 -> apiVersion = in.readNull() ? apiVersion : in.readString(TYPES);
        default -> {
          onlyStandardMembers &= name != JsonCursor.UNKNOWN;
          in.skipValue();
        }
      }
    }
    return template;
  }

  private Found found(@Nullable PodView pod) {
    return new Found(pod, apiVersion, kind, onlyStandardMembers);
  }

  /** {@return the template after what stands here, which is read over {@code before}} */
  private static @Nullable PodDecoder descend(
      JsonCursor in, TemplatePath path, int level, @Nullable PodDecoder before)
      throws JsonException {
    boolean here = level == path.members().size();
    if (in.readNull()) {
      return here && path.optional() ? null : before;
    }
    if (here) {
      PodDecoder template = before == null ? new PodDecoder(in) : before;
      template.pod();
      return template;
    }
    PodDecoder template = before;
    in.beginObject();
    JsonNames wanted = path.members().get(level);
    int name;
    while ((name = in.nextName(wanted)) != JsonCursor.END) {
      if (name == 0) {
        template = descend(in, path, level + 1, template);
      } else {
        in.skipValue();
      }
    }
    return template;
  }

  private void pod() throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int name;
    while ((name = in.nextName(ROOT)) != JsonCursor.END) {
      switch (name) {
        case 0 -> kind = in.readNull() ? kind : in.readString(TYPES);
        case 1 -> apiVersion = in.readNull() ? apiVersion : in.readString(TYPES);
        case 2 -> metadata.read(in);
        case 3 -> {
          if (!in.readNull()) {
            hasSpec = true;
            spec.read(in);
          }
        }
        default -> {
          onlyStandardMembers &= name != JsonCursor.UNKNOWN;
          in.skipValue();
        }
      }
    }
  }

  private PodView view() {
    return new PodView(
        apiVersion,
        kind,
        metadata.name,
        metadata.namespace,
        metadata.annotations == null ? Map.of() : metadata.annotations,
        metadata.controllerUid(),
        spec.hostNetwork,
        spec.hostPid,
        spec.hostIpc,
        spec.hostUsers,
        spec.osName,
        spec.runtimeClassName,
        spec.context(),
        spec.volumes(),
        spec.containers());
  }
}

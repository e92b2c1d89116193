package dev.portcullis.admission;

import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.TemplatePath;
import org.jspecify.annotations.Nullable;

/**
 * The object of a request: its bytes, and its pod if that was read in the same pass over the
 * review. Immutable to whoever looks.
 */
public final class RequestObject {
  /** What stands for an object that is not there. */
  public static final RequestObject NONE = of(JsonSlice.of(new byte[0]));

  private final JsonSlice json;
  private final @Nullable Decoded decoded;

  /** Found when first asked for; threads that do so at the same time find the same. */
  private @Nullable ObjectIdentity identity;

  private RequestObject(JsonSlice json, @Nullable Decoded decoded) {
    this.json = json;
    this.decoded = decoded;
  }

  /** {@return an object that is decoded when somebody asks what it is} */
  public static RequestObject of(JsonSlice json) {
    return new RequestObject(json, null);
  }

  /**
   * {@return the object that stands here}; it is passed, and decoded by the way if the request has
   * said that it is a pod or makes pods, and the object itself does not speak against that.
   *
   * @param group API group of the kind that the request has told
   * @param version its version
   * @param name its name
   * @throws JsonException if it is no JSON; that it could not be decoded is told later, to whom
   *     asks
   */
  public static RequestObject read(JsonCursor in, String group, String version, String name)
      throws JsonException {
    var kind = new ObjectKind(group, version, name);
    TemplatePath path = PodKinds.path(kind);
    if (path == null) {
      return of(in.sliceValue());
    }
    long mark = in.mark();
    Decoded decoded = null;
    try {
      PodDecoder.Found found = PodDecoder.find(in, path);
      if (is(found, kind)) {
        decoded = PodKinds.decoded(path, found.pod());
      }
      return new RequestObject(in.since(mark), decoded);
    } catch (JsonException notReadAsPod) {
      in.back(mark);
      return of(in.sliceValue());
    }
  }

  private static boolean is(PodDecoder.Found found, ObjectKind kind) {
    return found.onlyStandardMembers()
        && (found.kind().isEmpty() || found.kind().equals(kind.kind()))
        && (found.apiVersion().isEmpty() || found.apiVersion().equals(kind.apiVersion()));
  }

  /** {@return the object as it was given; empty or null when there is none} */
  public JsonSlice json() {
    return json;
  }

  /** {@return the same object, undecoded}: for when the request says twice what it is. */
  public RequestObject undecoded() {
    return decoded == null ? this : of(json);
  }

  /** {@return what it was found to be, null if nobody has looked} */
  @Nullable Decoded decoded() {
    return decoded;
  }

  /** {@return the pod that it is, null if it is none or nobody has looked} */
  public @Nullable PodView pod() {
    return decoded instanceof Decoded.Pod pod ? pod.view() : null;
  }

  /** {@return how a person finds it again} */
  public ObjectIdentity identity() {
    ObjectIdentity found = identity;
    if (found == null) {
      found = ObjectIdentity.of(json);
      identity = found;
    }
    return found;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestObject o && json.equals(o.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** {@return the length only: the object may hold what no log should} */
  @Override
  public String toString() {
    return json.toString();
  }
}

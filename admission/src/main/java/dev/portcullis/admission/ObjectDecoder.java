package dev.portcullis.admission;

import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.admission.wire.KnownKinds;
import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.admission.wire.TypeMeta;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.TemplatePath;

/** The objects of requests, decoded by what they say they are, else by what the request says. */
final class ObjectDecoder {
  private static final JsonLimits LIMITS = JsonLimits.STANDARD;
  private static final ObjectKind NAMESPACE = new ObjectKind("", "v1", "Namespace");

  private ObjectDecoder() {}

  /** {@return the object of this request, or its old object} */
  static Decoded decode(RequestObject object, AdmissionRequest request) {
    Decoded read = object.decoded();
    return read != null ? read : decode(object.json(), request);
  }

  private static Decoded decode(JsonSlice object, AdmissionRequest request) {
    if (object.isNull()) {
      return Decoded.NOTHING;
    }
    try {
      return byKind(object, request);
    } catch (JsonException e) {
      return new Decoded.Undecodable(String.valueOf(e.getMessage()));
    } catch (DecodeException e) {
      return new Decoded.Undecodable(e.problem());
    }
  }

  private static Decoded byKind(JsonSlice object, AdmissionRequest request)
      throws DecodeException, JsonException {
    TypeMeta meta = TypeMeta.read(object, LIMITS);
    var fallback = new ObjectKind(request.kindGroup(), request.kindVersion(), request.kind());
    ObjectKind kind = meta.resolve(fallback, KnownKinds::contains, KnownKinds.SCHEME, object);
    if (kind.equals(NAMESPACE)) {
      return NamespaceDecoder.decode(object, LIMITS, meta.plain());
    }
    TemplatePath path = PodKinds.path(kind);
    return path == null
        ? new Decoded.Other(KnownKinds.told(kind, meta))
        : PodKinds.decoded(path, PodDecoder.decodeAt(object, LIMITS, path));
  }
}

package dev.portcullis.admission;

import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.admission.wire.KnownKinds;
import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.admission.wire.TypeMeta;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.TemplatePath;
import java.util.Map;

/** The objects of requests, decoded by what they say they are, else by what the request says. */
final class ObjectDecoder {
  private static final JsonLimits LIMITS = JsonLimits.STANDARD;
  private static final ObjectKind POD = new ObjectKind("", "v1", "Pod");
  private static final ObjectKind NAMESPACE = new ObjectKind("", "v1", "Namespace");

  /** The kinds that hold a pod template, and where. */
  private static final Map<ObjectKind, TemplatePath> TEMPLATES =
      Map.of(
          new ObjectKind("", "v1", "PodTemplate"),
          TemplatePath.required("template"),
          new ObjectKind("", "v1", "ReplicationController"),
          TemplatePath.optional("spec", "template"),
          new ObjectKind("apps", "v1", "ReplicaSet"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("apps", "v1", "Deployment"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("apps", "v1", "DaemonSet"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("apps", "v1", "StatefulSet"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("batch", "v1", "Job"),
          TemplatePath.required("spec", "template"),
          new ObjectKind("batch", "v1", "CronJob"),
          TemplatePath.required("spec", "jobTemplate", "spec", "template"));

  private ObjectDecoder() {}

  /** {@return the object of this request, or its old object} */
  static Decoded decode(JsonSlice object, AdmissionRequest request) {
    if (object.isNull()) {
      return Decoded.NOTHING;
    }
    if (request.kind().equals(POD.kind())) {
      return podFirst(object, request);
    }
    try {
      return byKind(object, request);
    } catch (JsonException e) {
      return new Decoded.Undecodable(String.valueOf(e.getMessage()));
    } catch (DecodeException e) {
      return new Decoded.Undecodable(e.problem());
    }
  }

  /** A pod nearly always is one, and says so itself: one pass then does. */
  private static Decoded podFirst(JsonSlice object, AdmissionRequest request) {
    try {
      PodView pod = PodDecoder.decode(object, LIMITS);
      return isPod(pod, request) ? new Decoded.Pod(pod) : byKind(object, request);
    } catch (JsonException notReadAsPod) {
      return byKindOr(object, request, notReadAsPod);
    } catch (DecodeException e) {
      return new Decoded.Undecodable(e.problem());
    }
  }

  private static Decoded byKindOr(JsonSlice object, AdmissionRequest request, JsonException asPod) {
    try {
      return byKind(object, request);
    } catch (DecodeException e) {
      return new Decoded.Undecodable(e.problem());
    } catch (JsonException e) {
      return new Decoded.Undecodable(String.valueOf(asPod.getMessage()));
    }
  }

  private static boolean isPod(PodView pod, AdmissionRequest request) {
    boolean kind = pod.kind().isEmpty() || pod.kind().equals(POD.kind());
    boolean version =
        pod.apiVersion().isEmpty()
            ? request.kindGroup().isEmpty() && request.kindVersion().equals(POD.version())
            : pod.apiVersion().equals(POD.version());
    return kind && version;
  }

  private static Decoded byKind(JsonSlice object, AdmissionRequest request)
      throws DecodeException, JsonException {
    TypeMeta meta = TypeMeta.read(object, LIMITS);
    var fallback = new ObjectKind(request.kindGroup(), request.kindVersion(), request.kind());
    ObjectKind kind = meta.resolve(fallback, KnownKinds::contains, KnownKinds.SCHEME, object);
    if (kind.equals(POD)) {
      return new Decoded.Pod(PodDecoder.decode(object, LIMITS));
    }
    if (kind.equals(NAMESPACE)) {
      return NamespaceDecoder.decode(object, LIMITS, meta.plain());
    }
    TemplatePath path = TEMPLATES.get(kind);
    if (path == null) {
      return new Decoded.Other(KnownKinds.told(kind, meta));
    }
    return new Decoded.Controller(PodDecoder.decodeAt(object, LIMITS, path));
  }
}

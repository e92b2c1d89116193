package dev.portcullis.admission.review;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.RequestObject;
import dev.portcullis.admission.review.ReviewException.Kind;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.Arrays;

/**
 * The request of a review while it is read. Members that nobody reads must have their type all the
 * same.
 */
final class RequestDraft {
  private static final JsonNames REQUEST =
      JsonNames.of(
          "uid",
          "kind",
          "resource",
          "requestSubResource",
          "name",
          "namespace",
          "operation",
          "userInfo",
          "object",
          "oldObject",
          "dryRun",
          "subResource",
          "requestKind",
          "requestResource",
          "options");
  private static final JsonNames KIND = JsonNames.of("group", "version", "kind");
  private static final JsonNames RESOURCE = JsonNames.of("group", "version", "resource");
  private static final JsonNames USER = JsonNames.of("username", "uid", "groups", "extra");

  /** Texts that are common enough to share. */
  private static final JsonNames COMMON =
      JsonNames.of(
          "",
          "v1",
          "apps",
          "batch",
          "Pod",
          "pods",
          "Namespace",
          "namespaces",
          "Deployment",
          "deployments",
          "ReplicaSet",
          "replicasets",
          "StatefulSet",
          "statefulsets",
          "DaemonSet",
          "daemonsets",
          "Job",
          "jobs",
          "CronJob",
          "cronjobs",
          "CREATE",
          "UPDATE",
          "DELETE",
          "CONNECT",
          "status",
          "ephemeralcontainers",
          "resize");

  /** An answer repeats it whole, and API servers send 36 characters. */
  private static final int MAX_UID = 1_024;

  private boolean given;
  private String uid = "";
  private final String[] kind = {"", "", ""};
  private final String[] resource = {"", "", ""};
  private String subResource = "";
  private String name = "";
  private String namespace = "";
  private String operation = "";
  private String userName = "";
  private RequestObject object = RequestObject.NONE;
  private RequestObject oldObject = RequestObject.NONE;
  private boolean dryRun;

  AdmissionRequest finish() throws ReviewException {
    if (!given) {
      throw new ReviewException(
          Kind.NO_REQUEST, "the AdmissionReview has no request", "request is absent or null");
    }
    if (uid.length() > MAX_UID) {
      throw new ReviewException(
          Kind.UNDECODABLE,
          "unable to decode the request",
          "request.uid has " + uid.length() + " characters, the limit is " + MAX_UID);
    }
    return new AdmissionRequest(
        uid,
        kind[0],
        kind[1],
        kind[2],
        resource[0],
        resource[1],
        resource[2],
        subResource,
        name,
        namespace,
        operation,
        userName,
        object,
        oldObject,
        dryRun);
  }

  /** Reads the request that stands here, over one that stood before; null takes that away. */
  void read(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      forget();
      return;
    }
    given = true;
    in.beginObject();
    int field;
    while ((field = in.nextName(REQUEST)) != JsonCursor.END) {
      switch (field) {
        case 0 -> uid = string(in, uid);
        case 1 -> kind(in);
        case 2 -> triple(in, RESOURCE, resource);
        case 3 -> subResource = string(in, subResource);
        case 4 -> name = string(in, name);
        case 5 -> namespace = string(in, namespace);
        case 6 -> operation = string(in, operation);
        case 7 -> user(in);
        case 8 -> object = object(in, object);
        case 9 -> oldObject = object(in, oldObject);
        case 10 -> dryRun = !in.readNull() && in.readBoolean();
        case 11 -> Shape.string(in);
        case 12 -> Shape.strings(in, KIND);
        case 13 -> Shape.strings(in, RESOURCE);
        default -> in.skipValue();
      }
    }
  }

  private void forget() {
    given = false;
    uid = "";
    clear(kind);
    clear(resource);
    subResource = "";
    name = "";
    namespace = "";
    operation = "";
    userName = "";
    object = RequestObject.NONE;
    oldObject = RequestObject.NONE;
    dryRun = false;
  }

  private static void clear(String[] triple) {
    Arrays.fill(triple, "");
  }

  private static String string(JsonCursor in, String before) throws JsonException {
    return in.readNull() ? before : in.readString(COMMON);
  }

  private static void triple(JsonCursor in, JsonNames names, String[] values) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(names)) != JsonCursor.END) {
      if (field >= 0) {
        values[field] = string(in, values[field]);
      } else {
        in.skipValue();
      }
    }
  }

  private void kind(JsonCursor in) throws JsonException {
    triple(in, KIND, kind);
    // What came before was read as what the request had said until then.
    object = object.undecoded();
    oldObject = oldObject.undecoded();
  }

  private RequestObject object(JsonCursor in, RequestObject before) throws JsonException {
    return in.readNull() ? before : RequestObject.read(in, kind[0], kind[1], kind[2]);
  }

  private void user(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(USER)) != JsonCursor.END) {
      switch (field) {
        case 0 -> userName = string(in, userName);
        case 1 -> Shape.string(in);
        case 2 -> Shape.stringList(in);
        case 3 -> Shape.stringLists(in);
        default -> in.skipValue();
      }
    }
  }
}

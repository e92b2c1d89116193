package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AdmissionReviews about pods, pod controllers, namespaces and things that are none of these. */
public final class ReviewMaker {
  private static final List<String> POD_SUBRESOURCES =
      List.of(
          "ephemeralcontainers",
          "ephemeralcontainers",
          "resize",
          "exec",
          "attach",
          "binding",
          "eviction",
          "log",
          "portforward",
          "proxy",
          "status",
          "Status",
          "other");

  private static final List<String> ODD_NAMESPACES =
      List.of("missing", "", "a/b", "..", ".", "100%", "\uD83D\uDE00", "a \"b\"", "kube-system");

  /** A resource that a request may be about, and where its objects keep their pod template. */
  private record Target(
      String group, String version, String resource, String kind, List<String> template) {}

  private static final List<String> SPEC_TEMPLATE = List.of("spec", "template");

  private static final Target POD = new Target("", "v1", "pods", "Pod", List.of());
  private static final Target NAMESPACE =
      new Target("", "v1", "namespaces", "Namespace", List.of());

  private static final List<Target> CONTROLLERS =
      List.of(
          new Target("apps", "v1", "deployments", "Deployment", SPEC_TEMPLATE),
          new Target("apps", "v1", "deployments", "Deployment", SPEC_TEMPLATE),
          new Target("apps", "v1", "replicasets", "ReplicaSet", SPEC_TEMPLATE),
          new Target("apps", "v1", "daemonsets", "DaemonSet", SPEC_TEMPLATE),
          new Target("apps", "v1", "statefulsets", "StatefulSet", SPEC_TEMPLATE),
          new Target("batch", "v1", "jobs", "Job", SPEC_TEMPLATE),
          new Target(
              "batch",
              "v1",
              "cronjobs",
              "CronJob",
              List.of("spec", "jobTemplate", "spec", "template")),
          new Target("", "v1", "replicationcontrollers", "ReplicationController", SPEC_TEMPLATE),
          new Target("", "v1", "podtemplates", "PodTemplate", List.of("template")));

  private static final List<Target> OTHERS =
      List.of(
          new Target("", "v1", "services", "Service", List.of()),
          new Target("", "v1", "configmaps", "ConfigMap", List.of()),
          new Target("apps", "v1", "controllerrevisions", "ControllerRevision", List.of()),
          new Target("apps", "v1beta1", "deployments", "Deployment", SPEC_TEMPLATE),
          new Target("batch", "v1beta1", "cronjobs", "CronJob", SPEC_TEMPLATE),
          new Target("example.com", "v1", "widgets", "Widget", SPEC_TEMPLATE),
          new Target("example.com", "v1", "pods", "Pod", List.of()),
          new Target("", "v1", "pods", "Deployment", SPEC_TEMPLATE),
          new Target("", "v1", "namespaces", "Pod", List.of()));

  private final Dice dice;
  private final Mood mood;

  private ReviewMaker(Dice dice) {
    this.dice = dice;
    this.mood = Mood.of(dice);
  }

  /** {@return a review about a pod} */
  public static Obj ofPod(Dice dice) {
    return new ReviewMaker(dice).pod();
  }

  /** {@return a review about something that makes pods, or about something else} */
  public static Obj ofController(Dice dice) {
    return new ReviewMaker(dice).controller();
  }

  /** {@return a review about a namespace} */
  public static Obj ofNamespace(Dice dice) {
    return new ReviewMaker(dice).namespace();
  }

  /** {@return a review with faults of type, or one that says things twice or out of order} */
  public static Obj faulty(Dice dice) {
    Obj review =
        switch (dice.below(4)) {
          case 0, 1 -> ofPod(dice);
          case 2 -> ofController(dice);
          default -> ofNamespace(dice);
        };
    Obj damaged = Edits.copy(review);
    switch (dice.below(8)) {
      case 0, 1 -> Edits.repeat(dice, damaged);
      case 2 -> rearrange(dice, damaged);
      default -> Edits.damage(dice, damaged);
    }
    return damaged;
  }

  private static void rearrange(Dice dice, Obj review) {
    if (!(review.get("request") instanceof Obj request)) {
      return;
    }
    if (request.get(dice.pick("object", "object", "oldObject")) instanceof Obj object
        && dice.chance(0.7)) {
      Edits.sayOtherwise(dice, object);
      Edits.shuffle(dice, object);
    }
    if (dice.chance(0.5)) {
      Edits.shuffle(dice, request);
    }
    if (dice.chance(0.3)) {
      Edits.repeat(dice, request);
    }
  }

  private Obj pod() {
    String operation = dice.pick("CREATE", "CREATE", "CREATE", "UPDATE", "UPDATE", "DELETE", "");
    String name = dice.chance(0.2) ? "" : Words.name(mood);
    Obj pod = PodMaker.named(mood, name);
    Obj old = null;
    if (operation.equals("UPDATE") || dice.chance(0.02)) {
      old = Edits.copy(pod);
      Edits.update(mood, pod);
      if (dice.chance(0.2)) {
        Edits.update(mood, pod);
      }
    }
    String subresource = dice.chance(0.3) ? dice.pick(POD_SUBRESOURCES) : "";
    return review(POD, name, namespaceName(), operation, subresource, object(pod), old);
  }

  private Obj controller() {
    Target target = dice.pick(dice.chance(0.9) ? CONTROLLERS : OTHERS);
    String name = dice.chance(0.1) ? "" : Words.name(mood);
    var object = new Obj();
    mood.put(
        object,
        "apiVersion",
        0.9,
        Json.text(
            target.group().isEmpty() ? target.version() : target.group() + "/" + target.version()));
    mood.put(object, "kind", 0.9, Json.text(target.kind()));
    mood.put(object, "metadata", 0.9, new Obj().put("name", Json.text(name)));
    Obj parent = object;
    for (int i = 0; i < target.template().size(); i++) {
      boolean last = i == target.template().size() - 1;
      Obj child = last ? PodMaker.template(mood) : new Obj();
      mood.put(parent, target.template().get(i), 0.99, child);
      parent = child;
    }
    String operation = dice.pick("CREATE", "CREATE", "UPDATE", "DELETE");
    Obj old = operation.equals("UPDATE") ? Edits.copy(object) : null;
    String subresource = dice.chance(0.05) ? dice.pick("scale", "status", "x") : "";
    return review(target, name, namespaceName(), operation, subresource, object(object), old);
  }

  private Obj namespace() {
    String name =
        dice.chance(0.93) ? dice.pick(ClusterMaker.NAMESPACES) : dice.pick(ODD_NAMESPACES);
    Obj labels = LabelMaker.labels(dice);
    String operation = dice.pick("CREATE", "UPDATE", "UPDATE", "UPDATE", "UPDATE", "DELETE");
    Obj old = null;
    Obj namespace = namespaceObject(name, labels);
    if (operation.equals("UPDATE")) {
      old = namespaceObject(name, LabelMaker.changed(dice, labels));
    }
    String subresource = dice.chance(0.04) ? dice.pick("status", "finalize") : "";
    String in = dice.chance(0.97) ? name : dice.pick("", "ns-a", "exempt-a");
    return review(NAMESPACE, name, in, operation, subresource, object(namespace), old);
  }

  private Obj namespaceObject(String name, Obj labels) {
    var metadata = new Obj();
    mood.put(metadata, "name", 0.98, Json.text(name));
    mood.put(metadata, "labels", 0.97, labels);
    var namespace = new Obj();
    mood.put(namespace, "apiVersion", 0.9, Json.text("v1"));
    mood.put(namespace, "kind", 0.9, Json.text("Namespace"));
    mood.put(namespace, "metadata", 0.99, metadata);
    return namespace;
  }

  private String namespaceName() {
    return dice.chance(0.93) ? dice.pick(ClusterMaker.NAMESPACES) : dice.pick(ODD_NAMESPACES);
  }

  /** {@return the object, seldom nothing or another kind of object} */
  private @Nullable Json object(Obj object) {
    if (dice.chance(0.985)) {
      return object;
    }
    return switch (dice.below(5)) {
      case 0 -> null;
      case 1 -> Json.NULL;
      case 2 -> new Obj().put("apiVersion", Json.text("v1")).put("kind", Json.text("Secret"));
      case 3 ->
          new Obj().put("apiVersion", Json.text("apps/v1")).put("kind", Json.text("Deployment"));
      default -> new Obj().put("apiVersion", Json.text("x/v1")).put("kind", Json.text("Y"));
    };
  }

  private Obj review(
      Target target,
      String name,
      String namespace,
      String operation,
      String subresource,
      @Nullable Json object,
      @Nullable Json old) {
    var kind =
        new Obj()
            .put("group", Json.text(target.group()))
            .put("version", Json.text(target.version()))
            .put("kind", Json.text(target.kind()));
    var resource =
        new Obj()
            .put("group", Json.text(target.group()))
            .put("version", Json.text(target.version()))
            .put("resource", Json.text(target.resource()));
    var request = new Obj();
    mood.put(request, "uid", 0.99, Json.text(uid()));
    request.put("kind", kind).put("resource", resource);
    if (dice.chance(0.3)) {
      request.put("requestKind", kind).put("requestResource", resource);
    }
    if (!subresource.isEmpty()) {
      request.put(
          "subResource", Json.text(dice.chance(0.9) ? subresource : dice.pick("status", "x")));
      mood.put(request, "requestSubResource", 0.95, Json.text(subresource));
    } else if (dice.chance(0.01)) {
      request.put("subResource", Json.text("status"));
    }
    mood.put(request, "name", name.isEmpty() ? 0.3 : 0.99, Json.text(name));
    mood.put(request, "namespace", 0.99, Json.text(namespace));
    request.put("operation", Json.text(operation));
    mood.put(request, "userInfo", 0.99, user());
    if (object != null) {
      request.put("object", object);
    }
    if (old != null) {
      request.put("oldObject", dice.chance(0.99) ? old : Json.NULL);
    }
    mood.put(request, "dryRun", 0.5, Json.bool(dice.chance(0.3)));
    if (dice.chance(0.2)) {
      request.put("options", new Obj().put("kind", Json.text("CreateOptions")));
    }
    return new Obj()
        .put("kind", Json.text("AdmissionReview"))
        .put("apiVersion", Json.text("admission.k8s.io/v1"))
        .put("request", request);
  }

  private String uid() {
    return dice.chance(0.97) ? Long.toHexString(dice.next()) : dice.pick(Words.ODD);
  }

  private Obj user() {
    var user = new Obj();
    boolean exempt = dice.chance(0.1);
    String name = exempt ? dice.pick(ClusterMaker.USERS) : dice.pick("alice", "", "Exempt");
    mood.put(user, "username", 0.98, Json.text(name));
    mood.put(user, "groups", 0.3, Arr.of(Json.text("exempt")));
    return user;
  }
}

package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.policy.pod.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods and pod templates that use every field that a check reads. */
public final class PodMaker {
  private static final List<String> APPARMOR =
      List.of("runtime/default", "localhost/x", "", "localhost/");
  private static final List<String> ODD_APPARMOR =
      List.of(
          "unconfined",
          "docker/default",
          "runtime",
          "Localhost/x",
          "a\"b\n\u00e9\u200b",
          "\uD83D\uDE00",
          " ");
  private static final List<String> SECCOMP =
      List.of("runtime/default", "docker/default", "localhost/x");
  private static final List<String> ODD_SECCOMP =
      List.of("unconfined", "", "RuntimeDefault", "a\\b\t\uFF5E", "localhost");

  private final Mood mood;
  private final boolean windows;

  private PodMaker(Mood mood) {
    this.mood = mood;
    this.windows = mood.chance(0.12);
  }

  /** {@return a pod} */
  public static Obj pod(Dice dice) {
    return new PodMaker(Mood.of(dice)).pod("");
  }

  /** {@return a pod of this name} */
  static Obj named(Mood mood, String name) {
    return new PodMaker(mood).pod(name);
  }

  /** {@return a pod template: what a controller makes pods of} */
  static Obj template(Mood mood) {
    var maker = new PodMaker(mood);
    var template = new Obj();
    mood.put(template, "metadata", 0.7, maker.metadata(""));
    mood.put(template, "spec", 0.99, maker.spec());
    return template;
  }

  private Obj pod(String name) {
    var pod = new Obj();
    mood.put(pod, "apiVersion", 0.9, Json.text("v1"));
    mood.put(pod, "kind", 0.9, Json.text("Pod"));
    mood.put(pod, "metadata", 0.97, metadata(name));
    if (mood.chance(0.02)) {
      pod.put("status", new Obj().put("phase", Json.text("Running")));
    }
    mood.put(pod, "spec", 0.995, spec());
    return pod;
  }

  private Obj metadata(String name) {
    var metadata = new Obj();
    if (!name.isEmpty()) {
      metadata.put("name", Json.text(name));
    } else if (mood.chance(0.5)) {
      mood.put(metadata, "name", 0.97, Json.text(Words.name(mood)));
    }
    if (mood.chance(0.3)) {
      mood.put(metadata, "labels", 0.9, new Obj().put("app", Json.text("a")));
    }
    if (mood.chance(0.35)) {
      mood.put(metadata, "annotations", 0.97, annotations());
    }
    if (mood.chance(0.1)) {
      mood.put(metadata, "ownerReferences", 0.95, owners());
    }
    return metadata;
  }

  private Obj annotations() {
    var annotations = new Obj();
    int count = mood.dice().pick(0, 1, 1, 2, 3);
    for (int i = 0; i < count; i++) {
      boolean odd = mood.chance(3 * mood.odd());
      String container = mood.chance(0.1) ? "" : Words.name(mood);
      switch (mood.dice().below(4)) {
        case 0 ->
            annotation(
                annotations,
                PodView.APPARMOR_ANNOTATION + container,
                odd ? ODD_APPARMOR : APPARMOR);
        case 1 ->
            annotation(
                annotations,
                PodView.SECCOMP_CONTAINER_ANNOTATION + container,
                odd ? ODD_SECCOMP : SECCOMP);
        case 2 ->
            annotation(annotations, PodView.SECCOMP_POD_ANNOTATION, odd ? ODD_SECCOMP : SECCOMP);
        default -> annotation(annotations, Words.name(mood), ODD_APPARMOR);
      }
    }
    return annotations;
  }

  private void annotation(Obj annotations, String key, List<String> values) {
    if (annotations.get(key) == null) {
      boolean none = mood.odd() > 0 && mood.chance(0.03);
      annotations.put(key, none ? Json.NULL : Json.text(mood.dice().pick(values)));
    }
  }

  private Arr owners() {
    var owners = new Arr();
    int count = 1 + mood.dice().below(2);
    for (int i = 0; i < count; i++) {
      var owner = new Obj();
      mood.put(owner, "kind", 0.9, Json.text("ReplicaSet"));
      mood.put(owner, "name", 0.9, Json.text("rs"));
      mood.put(owner, "uid", 0.95, Json.text(mood.dice().pick("u1", "u2", "u3", "u4", "")));
      mood.put(owner, "controller", 0.8, Json.bool(mood.chance(0.8)));
      owners.add(owner);
    }
    return owners;
  }

  private Obj spec() {
    var spec = new Obj();
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (mood.isOdd()) {
        mood.put(spec, host, 0.97, Json.TRUE);
      } else {
        mood.put(spec, host, 0.03, Json.FALSE);
      }
    }
    if (mood.chance(0.2)) {
      mood.put(spec, "hostUsers", 0.97, Json.bool(mood.chance(0.25)));
    }
    Json os = os();
    if (os != null) {
      mood.put(spec, "os", 0.98, os);
    }
    if (mood.chance(0.1)) {
      mood.put(spec, "runtimeClassName", 0.95, Json.text(mood.dice().pick("gvisor", "kata", "")));
    }
    mood.put(spec, "securityContext", 0.99, new ContextMaker(mood).ofPod(windows));
    if (mood.chance(0.5)) {
      int count = mood.dice().pick(0, 1, 1, 2, 3);
      mood.put(spec, "volumes", 0.98, VolumeMaker.volumes(mood, count));
    }
    containers(spec);
    if (mood.chance(0.1)) {
      unread(spec);
    }
    return spec;
  }

  private @Nullable Json os() {
    if (windows) {
      return new Obj().put("name", Json.text("windows"));
    }
    if (!mood.chance(0.06)) {
      return null;
    }
    return mood.chance(0.2)
        ? new Obj()
        : new Obj().put("name", Json.text(mood.dice().pick("linux", "Windows", "windows ", "")));
  }

  private void containers(Obj spec) {
    var maker = new ContainerMaker(mood);
    if (mood.chance(0.3)) {
      mood.put(spec, "initContainers", 0.98, maker.containers(mood.dice().pick(1, 1, 2), windows));
    }
    int count = mood.dice().pick(0, 1, 1, 1, 1, 2, 2, 3);
    mood.put(spec, "containers", 0.99, maker.containers(count, windows));
    if (mood.chance(0.25)) {
      mood.put(
          spec, "ephemeralContainers", 0.98, maker.containers(mood.dice().pick(1, 1, 2), windows));
    }
  }

  private void unread(Obj spec) {
    switch (mood.dice().below(4)) {
      case 0 -> spec.put("restartPolicy", Json.text("Never")).put("nodeName", Json.text("n"));
      case 1 -> spec.put("HostNetwork", Json.TRUE).put("Containers", Json.number(1));
      case 2 -> spec.put("newField", Arr.of(Json.number(1), new Obj().put("hostPID", Json.TRUE)));
      default -> spec.put("tolerations", Arr.of(new Obj().put("operator", Json.text("Exists"))));
    }
  }
}

package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.util.List;

/** Clusters: a configuration, namespaces with labels, and pods that exist already. */
public final class ClusterMaker {
  static final List<String> NAMESPACES =
      List.of("ns-a", "ns-b", "ns-c", "ns-d", "ns-e", "ns-f", "exempt-a", "exempt-b");
  static final List<String> USERS = List.of("exempt", "system:node:n1", "\uD83D\uDE00 \"user\"");
  static final List<String> RUNTIME_CLASSES = List.of("gvisor", "kata");

  private ClusterMaker() {}

  /** {@return the oracle's line that sets a cluster up, with that many pods at most} */
  public static Obj setup(Dice dice, int mostPods) {
    var namespaces = new Arr();
    for (String name : NAMESPACES) {
      var metadata = new Obj().put("name", Json.text(name));
      if (dice.chance(0.9)) {
        metadata.put("labels", LabelMaker.labels(dice));
      }
      namespaces.add(new Obj().put("metadata", metadata));
    }
    var pods = new Arr();
    int count = mostPods == 0 ? 0 : dice.below(mostPods + 1);
    for (int i = 0; i < count; i++) {
      pods.add(existing(dice, i));
    }
    return new Obj()
        .put("op", Json.text("setup"))
        .put("setup", Json.text("s"))
        .put("config", configuration(dice))
        .put("namespaces", namespaces)
        .put("pods", pods);
  }

  private static Obj existing(Dice dice, int index) {
    String name =
        dice.chance(0.1) ? dice.pick(Words.ODD) + index : "pod-" + dice.below(1000) + "-" + index;
    Obj pod = PodMaker.named(Mood.of(dice), name);
    if (pod.get("metadata") instanceof Obj metadata) {
      metadata.put("namespace", Json.text(dice.pick(NAMESPACES)));
    }
    return pod;
  }

  private static Obj configuration(Dice dice) {
    var configuration =
        new Obj()
            .put(
                "apiVersion",
                Json.text(
                    "pod-security.admission.config.k8s.io/"
                        + dice.pick("v1", "v1beta1", "v1alpha1")))
            .put("kind", Json.text("PodSecurityConfiguration"));
    var defaults = new Obj();
    for (String mode : List.of("enforce", "audit", "warn")) {
      if (dice.chance(0.5)) {
        defaults.put(mode, Json.text(Policies.level(dice).toString()));
      }
      if (dice.chance(0.4)) {
        defaults.put(mode + "-version", Json.text(Policies.version(dice).toString()));
      }
    }
    var exemptions = new Obj();
    if (dice.chance(0.6)) {
      exemptions.put("usernames", some(dice, USERS));
    }
    if (dice.chance(0.6)) {
      exemptions.put("namespaces", some(dice, List.of("exempt-a", "exempt-b", "kube-system")));
    }
    if (dice.chance(0.6)) {
      exemptions.put("runtimeClasses", some(dice, RUNTIME_CLASSES));
    }
    return configuration.put("defaults", defaults).put("exemptions", exemptions);
  }

  private static Arr some(Dice dice, List<String> values) {
    var some = new Arr();
    for (String value : values) {
      if (dice.chance(0.6)) {
        some.add(Json.text(value));
      }
    }
    return some;
  }
}

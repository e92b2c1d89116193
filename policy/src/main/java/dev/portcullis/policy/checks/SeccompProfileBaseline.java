package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Forbids switching seccomp off.
 *
 * <p>Before v1.19, annotations {@code seccomp.security.alpha.kubernetes.io/pod} and {@code
 * container.seccomp.security.alpha.kubernetes.io/<container>}. Allowed: undefined, runtime/default,
 * docker/default, localhost/*. From v1.19, fields {@code spec.securityContext.seccompProfile.type}
 * and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.seccompProfile.type}.
 * Allowed: no profile, RuntimeDefault, Localhost.
 */
final class SeccompProfileBaseline {
  private static final String NOTE =
      "k in variables.annotations && !(variables.annotations[k] in [\"runtime/default\","
          + " \"docker/default\"]) && !variables.annotations[k].startsWith(\"localhost/\")";
  private static final String KEYS =
      "(["
          + CelText.literal(PodView.SECCOMP_POD_ANNOTATION)
          + "] + variables.containers.map(c, "
          + CelText.literal(PodView.SECCOMP_CONTAINER_ANNOTATION)
          + " + c.name))";

  private static final CelRule CEL_1_0 =
      CelRule.named("seccompAnnotations")
          .whenPod("variables.annotations.size() > 0 && " + KEYS + ".exists(k, " + NOTE + ")")
          .with(
              CelText.values(
                  "seccompNotes",
                  "["
                      + KEYS
                      + ".filter(k, "
                      + NOTE
                      + ").map(k, k + \"=\" + strings.quote(variables.annotations[k]))]"))
          .saying(
              "\"seccompProfile (forbidden \" + "
                  + CelText.plural("variables.seccompNotes", "annotation")
                  + " + \" \" + variables.seccompNotes.join(\", \") + \")\"");

  private static final CelRule CEL_1_19 =
      CelRule.named("seccompProfile_baseline")
          .whenAnyContext(SeccompTypes.CEL_BAD)
          .with(
              SeccompTypes.celValues(
                  "seccompTypes",
                  "variables.seccompProfile_baselineOnPod",
                  "variables.seccompProfile_baselineOn"))
          .saying(
              "\"seccompProfile (\" + "
                  + SeccompTypes.celSentence(
                      "variables.seccompProfile_baselineOnPod",
                      "variables.seccompProfile_baselineNames",
                      "variables.seccompTypes")
                  + " + \")\"");

  static final Check CHECK =
      Check.baseline(
          "seccompProfile_baseline",
          since(0, SeccompProfileBaseline::v1_0, CEL_1_0),
          since(19, SeccompProfileBaseline::v1_19, CEL_1_19));

  private SeccompProfileBaseline() {}

  static CheckResult v1_0(PodView pod) {
    if (pod.annotations().isEmpty() || badAnnotations(pod).isEmpty()) {
      return CheckResult.ALLOWED;
    }
    return Forbidden.of("seccompProfile", () -> explainAnnotations(pod));
  }

  static CheckResult v1_19(PodView pod) {
    if (!SeccompTypes.anyBad(pod)) {
      return CheckResult.ALLOWED;
    }
    return Forbidden.of("seccompProfile", () -> explainTypes(pod));
  }

  private static Forbidden.Explanation explainTypes(PodView pod) {
    var found = SeccompTypes.offenders(pod);
    return found.explain(SeccompTypes.sentence(found));
  }

  /**
   * {@return the forbidden annotations by key}; only those that name a container of the pod count.
   */
  private static NavigableMap<String, String> badAnnotations(PodView pod) {
    var bad = new TreeMap<String, String>(GoText.BYTE_ORDER);
    collect(pod, PodView.SECCOMP_POD_ANNOTATION, bad);
    for (ContainerView container : pod.containers()) {
      collect(pod, PodView.SECCOMP_CONTAINER_ANNOTATION + container.name(), bad);
    }
    return bad;
  }

  private static void collect(PodView pod, String key, NavigableMap<String, String> bad) {
    String profile = pod.annotations().get(key);
    if (profile != null && !allowed(profile)) {
      bad.put(key, profile);
    }
  }

  private static boolean allowed(String profile) {
    return profile.equals("runtime/default")
        || profile.equals("docker/default")
        || profile.startsWith("localhost/");
  }

  private static Forbidden.Explanation explainAnnotations(PodView pod) {
    var found = new ViolationCollector();
    badAnnotations(pod)
        .forEach((key, profile) -> {
          found.value(key + "=" + GoText.quote(profile));
          found.field("metadata.annotations[" + key + "]", profile);
        });
    var values = found.values();
    return found.explain(
        "forbidden "
            + ViolationCollector.plural(values.size(), "annotation")
            + " "
            + String.join(", ", values));
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Forbids switching AppArmor off, or to a profile that the node does not hold.
 *
 * <p>Fields: {@code spec.securityContext.appArmorProfile.type} and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.appArmorProfile.type}.
 * Allowed: no profile, RuntimeDefault, Localhost. Annotations {@code
 * container.apparmor.security.beta.kubernetes.io/*}. Allowed: undefined, empty, runtime/default,
 * localhost/*.
 */
final class AppArmorProfile {
  private static final String NOTE =
      "k.startsWith("
          + CelText.literal(PodView.APPARMOR_ANNOTATION)
          + ") && !(variables.annotations[k] in [\"\", \"runtime/default\"])"
          + " && !variables.annotations[k].startsWith(\"localhost/\")";

  private static final CelRule CEL =
      CelRule.named("appArmorProfile")
          .whenAnyContext(
              "context.?appArmorProfile.hasValue() &&"
                  + " !(context.?appArmorProfile.?type.orValue(\"\") in [\"RuntimeDefault\","
                  + " \"Localhost\"])")
          .whenPod("variables.annotations.exists(k, " + NOTE + ")")
          .with(
              CelText.values(
                  "appArmorTypes",
                  "(variables.appArmorProfileOn.map(c,"
                      + " [c.securityContext.appArmorProfile.?type.orValue(\"\")])"
                      + " + (variables.appArmorProfileOnPod ?"
                      + " [[variables.podContext.appArmorProfile.?type.orValue(\"\")]] : []))"))
          .with(
              CelText.values(
                  "appArmorNotes",
                  "[variables.annotations.filter(k, "
                      + NOTE
                      + ").map(k, k + \"=\" + strings.quote(variables.annotations[k]))]"))
          .with(
              List.of(
                  new CelRule.Variable(
                      "appArmorProfiles", "variables.appArmorTypes + variables.appArmorNotes")))
          .saying(
              CelText.plural("variables.appArmorProfiles", "forbidden AppArmor profile")
                  + " + \" (\" + "
                  + CelText.joined(
                      " and ",
                      CelText.setters(
                          "variables.appArmorProfileOnPod", "variables.appArmorProfileNames"),
                      "variables.appArmorNotes.size() == 0 ? \"\" : "
                          + CelText.plural("variables.appArmorNotes", "annotation"))
                  + " + \" must not set AppArmor profile type to \" + "
                  + CelText.quoted("variables.appArmorProfiles")
                  + " + \")\"");

  static final Check CHECK =
      Check.baseline("appArmorProfile", since(0, AppArmorProfile::v1_0, CEL));

  private AppArmorProfile() {}

  static CheckResult v1_0(PodView pod) {
    if (!broken(pod)) {
      return CheckResult.ALLOWED;
    }
    // Singular or plural goes by distinct values, not by who sets them.
    String reason = ViolationCollector.plural(distinctValues(pod), "forbidden AppArmor profile");
    return Forbidden.of(reason, () -> explain(pod));
  }

  private static boolean broken(PodView pod) {
    if (bad(pod.securityContext().appArmorType())) {
      return true;
    }
    var containers = pod.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (bad(containers.get(i).securityContext().appArmorType())) {
        return true;
      }
    }
    return !pod.annotations().isEmpty() && !badAnnotations(pod).isEmpty();
  }

  private static boolean bad(@Nullable String type) {
    return type != null && !type.equals("RuntimeDefault") && !type.equals("Localhost");
  }

  /**
   * {@return the forbidden annotations by key}; any key with the prefix counts, whatever container
   * it names.
   */
  private static NavigableMap<String, String> badAnnotations(PodView pod) {
    var bad = new TreeMap<String, String>(GoText.BYTE_ORDER);
    for (Map.Entry<String, String> annotation : pod.annotations().entrySet()) {
      String profile = annotation.getValue();
      boolean allowed =
          profile.isEmpty()
              || profile.equals("runtime/default")
              || profile.startsWith("localhost/");
      if (!allowed && annotation.getKey().startsWith(PodView.APPARMOR_ANNOTATION)) {
        bad.put(annotation.getKey(), profile);
      }
    }
    return bad;
  }

  private static int distinctValues(PodView pod) {
    var types = new HashSet<String>();
    String podType = pod.securityContext().appArmorType();
    if (podType != null && bad(podType)) {
      types.add(podType);
    }
    for (ContainerView container : pod.containers()) {
      String type = container.securityContext().appArmorType();
      if (type != null && bad(type)) {
        types.add(type);
      }
    }
    return types.size() + badAnnotations(pod).size();
  }

  private static Forbidden.Explanation explain(PodView pod) {
    var found = new ViolationCollector();
    String podType = pod.securityContext().appArmorType();
    if (podType != null && bad(podType)) {
      found.pod();
      found.value(podType);
      found.field("spec.securityContext.appArmorProfile.type", podType);
    }
    for (ContainerView container : pod.containers()) {
      String type = container.securityContext().appArmorType();
      if (type != null && bad(type)) {
        found.container(container);
        found.value(type);
        found.field(container.path(".securityContext.appArmorProfile.type"), type);
      }
    }
    var annotations = new ArrayList<String>();
    badAnnotations(pod)
        .forEach((key, profile) -> {
          annotations.add(key + "=" + GoText.quote(profile));
          found.field("metadata.annotations[" + key + "]", profile);
        });
    annotations.sort(GoText.BYTE_ORDER);
    return found.explain(
        setters(found, annotations.size())
            + " must not set AppArmor profile type to "
            + GoText.joinQuoted(valuesThen(found, annotations)));
  }

  private static String setters(ViolationCollector found, int annotations) {
    var setters = new StringJoiner(" and ");
    String owners = found.setters();
    if (!owners.isEmpty()) {
      setters.add(owners);
    }
    if (annotations > 0) {
      setters.add(ViolationCollector.plural(annotations, "annotation"));
    }
    return setters.toString();
  }

  private static List<String> valuesThen(ViolationCollector found, List<String> annotations) {
    var all = new ArrayList<>(found.values());
    all.addAll(annotations);
    return all;
  }
}

package dev.portcullis.policy.checks;

import static dev.portcullis.policy.Check.Revision.since;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.SeLinuxOptions;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Forbids SELinux types, users and roles that are not those of containers.
 *
 * <p>Fields, in {@code spec.securityContext.seLinuxOptions} and {@code
 * spec.{initContainers,containers,ephemeralContainers}[*].securityContext.seLinuxOptions}: {@code
 * type} may be undefined, empty, container_t, container_init_t, container_kvm_t, and from v1.31
 * container_engine_t; {@code user} and {@code role} must be undefined or empty.
 */
final class SeLinux {
  private static final Set<String> TYPES_1_0 =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");
  private static final Set<String> TYPES_1_31 =
      Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  static final Check CHECK =
      Check.baseline(
          "seLinuxOptions",
          since(0, SeLinux::v1_0, cel("seLinuxOptions", TYPES_1_0)),
          since(31, SeLinux::v1_31, cel("seLinuxOptions_31", TYPES_1_31)));

  private SeLinux() {}

  private static CelRule cel(String name, Set<String> types) {
    var rule = CelRule.named(name);
    String options = "variables." + name + "Bad";
    String badTypes = "variables." + name + "Types";
    return rule.whenAnyContext(
            "context.?seLinuxOptions.hasValue() && (!(context.?seLinuxOptions.?type.orValue(\"\")"
                + " in "
                + CelText.list(types)
                + ") || context.?seLinuxOptions.?user.orValue(\"\") != \"\" ||"
                + " context.?seLinuxOptions.?role.orValue(\"\") != \"\")")
        .with(
            List.of(
                new CelRule.Variable(
                    name + "Bad",
                    rule.on()
                        + ".map(c, c.securityContext.seLinuxOptions) + ("
                        + rule.onPod()
                        + " ? [variables.podContext.seLinuxOptions] : [])")))
        .with(
            CelText.values(
                name + "Types",
                options
                    + ".map(o, [o.?type.orValue(\"\")].filter(t, !(t in "
                    + CelText.list(types)
                    + ")))"))
        .saying(
            "\"seLinuxOptions (\" + "
                + CelText.setters(rule.onPod(), rule.names())
                + " + \" set forbidden securityContext.seLinuxOptions: \" + "
                + CelText.joined(
                    "; ",
                    badTypes
                        + ".size() == 0 ? \"\" : "
                        + CelText.plural(badTypes, "type")
                        + " + \" \" + "
                        + CelText.quoted(badTypes),
                    options
                        + ".exists(o, o.?user.orValue(\"\") != \"\") ? \"user may not be set\" :"
                        + " \"\"",
                    options
                        + ".exists(o, o.?role.orValue(\"\") != \"\") ? \"role may not be set\" :"
                        + " \"\"")
                + " + \")\"");
  }

  static CheckResult v1_0(PodView pod) {
    return check(pod, TYPES_1_0);
  }

  static CheckResult v1_31(PodView pod) {
    return check(pod, TYPES_1_31);
  }

  private static CheckResult check(PodView pod, Set<String> types) {
    boolean broken = bad(pod.securityContext().seLinuxOptions(), types);
    var containers = pod.containers();
    for (int i = 0; i < containers.size() && !broken; i++) {
      broken = bad(containers.get(i).securityContext().seLinuxOptions(), types);
    }
    return broken ? Forbidden.of("seLinuxOptions", () -> explain(pod, types)) : CheckResult.ALLOWED;
  }

  private static boolean bad(@Nullable SeLinuxOptions options, Set<String> types) {
    return options != null
        && (!types.contains(options.type())
            || !options.user().isEmpty()
            || !options.role().isEmpty());
  }

  private static Forbidden.Explanation explain(PodView pod, Set<String> types) {
    var found = new ViolationCollector();
    boolean user = false;
    boolean role = false;
    var podOptions = pod.securityContext().seLinuxOptions();
    if (podOptions != null && bad(podOptions, types)) {
      found.pod();
      collect(found, "spec.securityContext.seLinuxOptions.", podOptions, types);
      user = !podOptions.user().isEmpty();
      role = !podOptions.role().isEmpty();
    }
    for (ContainerView container : pod.containers()) {
      var options = container.securityContext().seLinuxOptions();
      if (options != null && bad(options, types)) {
        found.container(container);
        collect(found, container.path(".securityContext.seLinuxOptions."), options, types);
        user |= !options.user().isEmpty();
        role |= !options.role().isEmpty();
      }
    }
    var problems = new StringJoiner("; ");
    if (!found.values().isEmpty()) {
      problems.add(
          ViolationCollector.plural(found.values().size(), "type") + " " + found.quotedValues());
    }
    if (user) {
      problems.add("user may not be set");
    }
    if (role) {
      problems.add("role may not be set");
    }
    return found.explain(
        found.setters() + " set forbidden securityContext.seLinuxOptions: " + problems);
  }

  private static void collect(
      ViolationCollector found, String path, SeLinuxOptions options, Set<String> types) {
    if (!types.contains(options.type())) {
      found.value(options.type());
      found.field(path + "type", options.type());
    }
    if (!options.user().isEmpty()) {
      found.field(path + "user", options.user());
    }
    if (!options.role().isEmpty()) {
      found.field(path + "role", options.role());
    }
  }
}

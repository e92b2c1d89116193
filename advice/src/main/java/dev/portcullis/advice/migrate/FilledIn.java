package dev.portcullis.advice.migrate;

import dev.portcullis.advice.migrate.psp.Mutation;
import dev.portcullis.advice.migrate.psp.Mutation.Target;
import dev.portcullis.policy.pod.Capabilities;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what policies fill in for a workload, because its manifest leaves it out. */
final class FilledIn {
  private final WorkloadFacts workload;
  private final PodView pod;

  private FilledIn(WorkloadFacts workload) {
    this.workload = workload;
    this.pod = workload.pod();
  }

  /**
   * {@return the edits that take the place of these policies}
   *
   * @param policies what each policy that may admit the workload fills in, by name
   */
  static List<MigrationReport.Edit> edits(
      WorkloadFacts workload, Map<String, List<Mutation>> policies) {
    var filled = new FilledIn(workload);
    var by = new LinkedHashMap<Missing, Set<String>>();
    policies.forEach((policy, mutations) -> {
      for (Missing missing : filled.missing(mutations)) {
        by.computeIfAbsent(missing, key -> new LinkedHashSet<>()).add(policy);
      }
    });
    var edits = new ArrayList<MigrationReport.Edit>();
    by.forEach((missing, names) ->
        edits.add(
            new MigrationReport.Edit(
                missing.where(),
                missing.value(),
                List.copyOf(names),
                names.size() == policies.size())));
    return edits;
  }

  private record Missing(String where, String value) {}

  private List<Missing> missing(List<Mutation> mutations) {
    var missing = new ArrayList<Missing>();
    for (Target target : Target.values()) {
      List<String> values =
          mutations.stream()
              .filter(mutation -> mutation.target() == target)
              .map(Mutation::json)
              .toList();
      if (values.isEmpty()) {
        continue;
      }
      if (!target.container()) {
        if (!podHas(target)) {
          missing.add(new Missing(target.path(), values.getFirst()));
        }
      } else {
        containers(target, values, missing);
      }
    }
    return missing;
  }

  private void containers(Target target, List<String> values, List<Missing> missing) {
    var names = new LinkedHashMap<String, List<String>>();
    for (ContainerView container : pod.containers()) {
      String value;
      if (target.list()) {
        List<String> lacking =
            values.stream().filter(item -> !mentions(container, target, item)).toList();
        value = lacking.isEmpty() ? "" : "[" + String.join(", ", lacking) + "]";
      } else {
        value = has(container, target) ? "" : values.getFirst();
      }
      if (!value.isEmpty()) {
        names.computeIfAbsent(value, key -> new ArrayList<>()).add(container.name());
      }
    }
    names.forEach((value, of) -> {
      boolean all = of.size() == pod.containers().size();
      String whose =
          all
              ? " of every container"
              : (of.size() == 1 ? " of container " : " of containers ") + String.join(", ", of);
      missing.add(new Missing(target.path() + whose, value));
    });
  }

  private boolean podHas(Target target) {
    return switch (target) {
      case SECCOMP_PROFILE ->
          workload.set().contains(target.path())
              || pod.annotations().containsKey(PodView.SECCOMP_POD_ANNOTATION);
      default -> workload.set().contains(target.path());
    };
  }

  private boolean has(ContainerView container, Target target) {
    String field = "." + target.path();
    boolean own = workload.set().contains(container.path(field));
    boolean inherited = workload.set().contains("spec" + field);
    return switch (target) {
      case RUN_AS_USER, RUN_AS_GROUP -> own || inherited;
      case RUN_AS_NON_ROOT ->
          own
              || inherited
              || workload.set().contains(container.path(".securityContext.runAsUser"))
              || workload.set().contains("spec.securityContext.runAsUser");
      case APP_ARMOR_PROFILE ->
          own
              || inherited
              || pod.annotations().containsKey(PodView.APPARMOR_ANNOTATION + container.name());
      default -> own;
    };
  }

  private static boolean mentions(ContainerView container, Target target, String json) {
    Capabilities capabilities = container.securityContext().capabilities();
    if (capabilities == null) {
      return false;
    }
    String name = json.substring(1, json.length() - 1);
    return capabilities.drop().contains(name)
        || (target == Target.CAPABILITIES_ADD && capabilities.add().contains(name));
  }
}

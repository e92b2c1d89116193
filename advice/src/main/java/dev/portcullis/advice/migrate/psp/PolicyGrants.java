package dev.portcullis.advice.migrate.psp;

import dev.portcullis.advice.migrate.psp.RbacBinding.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may use which policies, by RBAC.
 *
 * <p>A pod is admitted by any policy that its service account or its creator may use in the pod's
 * namespace. A ClusterRoleBinding grants in all namespaces, a RoleBinding in its own.
 */
public final class PolicyGrants {
  /** Every cluster has it, and it allows everything; manifests seldom hold it. */
  private static final String CLUSTER_ADMIN = "cluster-admin";

  private final Map<RbacBinding, List<AccessRule>> bindings = new LinkedHashMap<>();
  private final Set<String> unknownRoles = new TreeSet<>();
  private final Set<String> named = new TreeSet<>();

  /** Resolves the bindings' roles; of several objects with one name the last counts. */
  public PolicyGrants(Collection<RbacRole> roles, Collection<RbacBinding> bindings) {
    var byName = new LinkedHashMap<String, RbacRole>();
    for (RbacRole role : roles) {
      byName.put(role.namespace() + "/" + role.name(), role);
    }
    for (RbacBinding binding : bindings) {
      boolean clusterRole = binding.roleKind().equals("ClusterRole");
      String key = (clusterRole ? "" : binding.namespace()) + "/" + binding.roleName();
      RbacRole role =
          clusterRole || (binding.roleKind().equals("Role") && !binding.clusterWide())
              ? byName.get(key)
              : null;
      List<AccessRule> rules;
      if (role != null) {
        rules = rules(role, byName.values());
      } else if (clusterRole && binding.roleName().equals(CLUSTER_ADMIN)) {
        rules = List.of(new AccessRule(List.of()));
      } else {
        if (!(clusterRole && builtIn(binding.roleName()))) {
          unknownRoles.add(
              binding.title() + " refers to " + binding.roleKind() + " " + binding.roleName());
        }
        continue;
      }
      if (!rules.isEmpty()) {
        this.bindings.put(binding, rules);
        rules.forEach(rule -> named.addAll(rule.policies()));
      }
    }
  }

  /** {@return whether every cluster has this role, and it lets no policy be used} */
  private static boolean builtIn(String clusterRole) {
    return clusterRole.startsWith("system:")
        || List.of("admin", "edit", "view").contains(clusterRole);
  }

  private static List<AccessRule> rules(RbacRole role, Collection<RbacRole> all) {
    if (role.aggregates().isEmpty()) {
      return role.rules();
    }
    var rules = new ArrayList<>(role.rules());
    for (RbacRole other : all) {
      boolean gathered =
          role.aggregates().stream()
              .anyMatch(labels -> other.labels().entrySet().containsAll(labels.entrySet()));
      if (other.clusterWide() && gathered && !other.equals(role)) {
        rules.addAll(other.rules());
      }
    }
    return rules;
  }

  /** {@return the bindings that let anybody use a policy} */
  public Set<RbacBinding> bindings() {
    return bindings.keySet();
  }

  /** {@return the bindings whose role is not there, a clause each} */
  public Set<String> unknownRoles() {
    return unknownRoles;
  }

  /** {@return the names of all policies that a binding's role names} */
  public Set<String> named() {
    return named;
  }

  /** {@return whether an account may use a policy for a pod in this namespace} */
  public boolean allows(Account account, String namespace, String policy) {
    for (RbacBinding binding : bindings.keySet()) {
      if ((binding.clusterWide() || binding.namespace().equals(namespace))
          && grants(binding, policy)
          && binding.subjects().stream().anyMatch(subject -> subject.means(account))) {
        return true;
      }
    }
    return false;
  }

  /** {@return who may use a policy, a clause each, in the order of the bindings} */
  public List<Use> uses(String policy) {
    var uses = new LinkedHashSet<Use>();
    for (RbacBinding binding : bindings.keySet()) {
      if (grants(binding, policy)) {
        for (Subject subject : binding.subjects()) {
          uses.add(new Use(subject, binding.namespace(), binding.title()));
        }
      }
    }
    return List.copyOf(uses);
  }

  private boolean grants(RbacBinding binding, String policy) {
    return bindings.getOrDefault(binding, List.of()).stream().anyMatch(rule -> rule.grants(policy));
  }

  /**
   * A subject that may use a policy.
   *
   * @param subject who
   * @param namespace where; empty for everywhere
   * @param by the binding
   */
  public record Use(Subject subject, String namespace, String by) {}
}

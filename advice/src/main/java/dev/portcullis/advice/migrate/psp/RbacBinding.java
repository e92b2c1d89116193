package dev.portcullis.advice.migrate.psp;

import java.util.List;

/**
 * A RoleBinding, or a ClusterRoleBinding.
 *
 * @param file the file it stands in
 * @param line the line it starts at, from 1
 * @param namespace of a RoleBinding; empty for a ClusterRoleBinding
 * @param name its name
 * @param roleKind Role or ClusterRole
 * @param roleName the role's name
 * @param subjects who gets the role
 */
public record RbacBinding(
    String file,
    int line,
    String namespace,
    String name,
    String roleKind,
    String roleName,
    List<Subject> subjects) {
  /** Copies the list. */
  public RbacBinding {
    subjects = List.copyOf(subjects);
  }

  /** {@return whether this is a ClusterRoleBinding} */
  public boolean clusterWide() {
    return namespace.isEmpty();
  }

  /** {@return kind and name} */
  public String title() {
    return clusterWide() ? "ClusterRoleBinding " + name : "RoleBinding " + namespace + "/" + name;
  }

  /**
   * Who gets a role.
   *
   * @param kind User, Group or ServiceAccount
   * @param namespace of a ServiceAccount, that of the binding where it is left out; empty for
   *     others
   * @param name its name
   */
  public record Subject(String kind, String namespace, String name) {
    /** {@return the subject as an API server names users and groups} */
    public String identity() {
      return kind.equals("ServiceAccount") ? Account.PREFIX + namespace + ":" + name : name;
    }

    /** {@return whether this account is meant} */
    public boolean means(Account account) {
      return switch (kind) {
        case "User", "ServiceAccount" -> identity().equals(account.user());
        case "Group" -> account.groups().contains(name);
        default -> false;
      };
    }

    /** {@return whether it can mean service accounts at all, as far as names tell} */
    public boolean reachesServiceAccounts() {
      return identity().startsWith(Account.PREFIX)
          || (kind.equals("Group")
              && (name.equals(Account.ALL)
                  || name.startsWith(Account.ALL + ":")
                  || name.equals(Account.AUTHENTICATED)));
    }

    /** {@return kind and name} */
    @Override
    public String toString() {
      return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }
  }
}

package dev.portcullis.advice.migrate.psp;

import java.util.Set;

/**
 * Who asks an API server: a user and its groups.
 *
 * @param user its name
 * @param groups the groups that follow from it
 */
public record Account(String user, Set<String> groups) {
  /** What the user names of service accounts begin with. */
  static final String PREFIX = "system:serviceaccount:";

  /** The group of all service accounts. */
  static final String ALL = "system:serviceaccounts";

  /** The group of whoever is known by name. */
  static final String AUTHENTICATED = "system:authenticated";

  /** The controller manager without {@code --use-service-account-credentials}. */
  public static final Account CONTROLLER_MANAGER =
      new Account("system:kube-controller-manager", Set.of(AUTHENTICATED));

  /** Copies the groups. */
  public Account {
    groups = Set.copyOf(groups);
  }

  /** {@return a service account} */
  public static Account serviceAccount(String namespace, String name) {
    return new Account(
        PREFIX + namespace + ":" + name, Set.of(ALL, ALL + ":" + namespace, AUTHENTICATED));
  }
}

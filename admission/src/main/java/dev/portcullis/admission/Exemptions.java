package dev.portcullis.admission;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who and what is not judged. Names are compared exactly; an empty name is never exempt.
 *
 * @param usernames authenticated users
 * @param namespaces namespaces
 * @param runtimeClasses runtime classes of pods
 */
public record Exemptions(Set<String> usernames, Set<String> namespaces, Set<String> runtimeClasses) {
  /** Nothing is exempt. */
  public static final Exemptions NONE = new Exemptions(Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public Exemptions {
    usernames = Set.copyOf(usernames);
    namespaces = Set.copyOf(namespaces);
    runtimeClasses = Set.copyOf(runtimeClasses);
  }

  /** {@return whether this user is exempt} */
  public boolean user(String name) {
    return !name.isEmpty() && usernames.contains(name);
  }

  /** {@return whether this namespace is exempt} */
  public boolean namespace(String name) {
    return !name.isEmpty() && namespaces.contains(name);
  }

  /** {@return whether pods of this runtime class are exempt} */
  public boolean runtimeClass(@Nullable String name) {
    return name != null && !name.isEmpty() && runtimeClasses.contains(name);
  }
}

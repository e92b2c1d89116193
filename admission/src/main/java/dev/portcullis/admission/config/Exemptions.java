package dev.portcullis.admission.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who and what is not judged. Names are compared exactly; an empty name is never exempt.
 *
 * @param usernames authenticated users
 * @param namespaces namespaces
 * @param runtimeClasses runtime classes of pods
 */
public record Exemptions(
    Set<String> usernames, Set<String> namespaces, Set<String> runtimeClasses) {
  /** Nothing is exempt. */
  public static final Exemptions NONE = new Exemptions(Set.of(), Set.of(), Set.of());

  /** Copies the sets; they keep their order. */
  public Exemptions {
    usernames = ordered(usernames);
    namespaces = ordered(namespaces);
    runtimeClasses = ordered(runtimeClasses);
  }

  private static Set<String> ordered(Set<String> names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
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
